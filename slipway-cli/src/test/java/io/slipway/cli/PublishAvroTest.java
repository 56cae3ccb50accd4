package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.model.catalog.VersionState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishAvroTest {

    private static final String ID = "{'name':'id','type':['null','string']}";
    private static final String N = "{'name':'n','type':['null','long'],'default':null}";
    private static final Schema ROW = row(ID, N, "{'name':'x','type':'double'}");

    @TempDir
    private Path folder;

    private PublishFixture fixture;

    @BeforeEach
    void createFixture() {
        fixture = new PublishFixture(folder);
    }

    @Test
    void avroIsPublishedAsCsvIs() throws IOException {
        Path csv = fixture.file("a.csv", "id,n,x", "a,1,0.5", "b,,1.5");
        Path avro = avro("a.avro", ROW, List.of("a", 1L, 0.5), Arrays.asList("b", null, 1.5));
        assertThat(digest(fixture.publish(avro, "--key", "id", "--json")))
                .isEqualTo(digest(fixture.publish(csv, "--key", "id", "--json")));
        assertThat(fixture.get(1, "a")).isEqualTo("{\"n\":1,\"x\":0.5}");
        assertThat(digest(fixture.publish(avro, "--key", "id,x", "--value", "n", "--json")))
                .isEqualTo(digest(fixture.publish(csv, "--key", "id,x", "--value", "n", "--json")));
    }

    @Test
    void parquetIsPublishedAsAvroIs() throws IOException {
        List<?>[] rows = {List.of("a", 1L, 0.5), Arrays.asList("b", null, 1.5)};
        Path parquet = folder.resolve("a.parquet");
        try (ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(
                        new LocalOutputFile(parquet))
                .withConf(new PlainParquetConfiguration())
                .withSchema(ROW)
                .withDataModel(new GenericData())
                .build()) {
            for (List<?> row : rows) {
                writer.write(record(ROW, row));
            }
        }
        assertThat(digest(fixture.publish(parquet, "--key", "id", "--json")))
                .isEqualTo(digest(fixture.publish(avro("a.avro", ROW, rows), "--key", "id", "--json")));
        assertThat(fixture.get(1, "b")).isEqualTo("{\"n\":null,\"x\":1.5}");
        refused(fixture.publish(parquet, "--key", "id", "--type", "n:string"), 2, "--type", "parquet");
    }

    @Test
    void allTypesPassIntoTheValue() throws IOException {
        Schema schema = row(
                "{'name':'id','type':'int'}",
                "{'name':'inner','type':{'type':'record','name':'Inner','fields':[{'name':'f','type':'float'}]}}",
                "{'name':'again','type':['null','Inner']}",
                "{'name':'list','type':{'type':'array','items':'long'}}",
                "{'name':'map','type':{'type':'map','values':'boolean'}}",
                "{'name':'enum','type':{'type':'enum','name':'Color','symbols':['RED','BLUE']}}",
                "{'name':'union','type':['null','string','long']}",
                "{'name':'fixed','type':{'type':'fixed','name':'Two','size':2}}",
                "{'name':'bytes','type':'bytes'}",
                "{'name':'day','type':{'type':'int','logicalType':'date'}}",
                "{'name':'price','type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}}");
        GenericRecord inner = new GenericData.Record(schema.getField("inner").schema());
        inner.put("f", 1.5f);
        Path file = avro(
                "a.avro",
                schema,
                List.of(
                        7,
                        inner,
                        inner,
                        List.of(1L, 2L),
                        Map.of("b", true, "a", false),
                        new GenericData.EnumSymbol(schema.getField("enum").schema(), "BLUE"),
                        5L,
                        new GenericData.Fixed(schema.getField("fixed").schema(), new byte[] {1, 2}),
                        ByteBuffer.wrap(new byte[] {3}),
                        20_000,
                        ByteBuffer.wrap(new byte[] {1, 0})));
        Outcome outcome = fixture.publish(file, "--key", "id");
        assertThat(outcome.err()).isEmpty();
        assertThat(fixture.get(1, "7"))
                .contains("\"inner\":{\"f\":1.5}", "\"list\":[1,2]", "\"map\":{\"a\":false,\"b\":true}", "\"BLUE\"")
                .contains("2024-10-04", "2.56");
    }

    @Test
    void theTypesOfTheFileAreTakenNotThoseOfTheCurrentVersion() throws IOException {
        Path csv = fixture.file("a.csv", "id,n,x", "a,1,0.5", "b,,1.5");
        fixture.publish(csv, "--key", "id");
        fixture.record(1, "", VersionState.STAGING, VersionState.STAGED, VersionState.CURRENT);
        Path wider = avro(
                "a.avro",
                row(ID, "{'name':'n','type':['null','long']}", "{'name':'x','type':'double'}", N.replace("'n'", "'m'")),
                List.of("a", 1L, 0.5, 2L));
        Outcome outcome = fixture.publish(wider, "--key", "id");
        assertThat(outcome.err()).isEmpty();
        assertThat(fixture.get(2, "a")).isEqualTo("{\"n\":1,\"x\":0.5,\"m\":2}");
    }

    @Test
    void aGivenSchemaConvertsAsAvroDoes() throws IOException {
        Path file = avro("a.avro", row("{'name':'id','type':'string'}", "{'name':'n','type':'int'}"), List.of("a", 3));
        Path schema = fixture.file(
                "row.avsc",
                "{'type':'record','name':'Mine','fields':[{'name':'id','type':'string'},{'name':'n','type':'double'}]}"
                        .replace('\'', '"'));
        assertThat(fixture.publish(file, "--key", "id", "--schema", schema.toString())
                        .err())
                .isEmpty();
        assertThat(fixture.get(1, "a")).isEqualTo("{\"n\":3.0}");
    }

    @Test
    void duplicatesRunIdsAndDryRunsWorkAsForCsv() throws IOException {
        Path file = avro("a.avro", ROW, List.of("a", 1L, 0.5), List.of("a", 2L, 0.5));
        refused(fixture.publish(file, "--key", "id"), 1, "'a' 2 times", "--duplicates first or last");
        Outcome dry = fixture.publish(file, "--key", "id", "--duplicates", "last", "--dry-run", "--json");
        String[] night = {"--key", "id", "--duplicates", "last", "--run-id", "night-1", "--json"};
        Outcome first = fixture.publish(file, night);
        assertThat(digest(dry)).isEqualTo(digest(first));
        assertThat(fixture.publish(file, night).json()).isEqualTo(first.json());
        long version = first.json().get("version").asLong();
        assertThat(fixture.get(version, "a")).isEqualTo("{\"n\":2,\"x\":0.5}");
    }

    @Test
    void wrongInputIsRefusedWithPlaceAndWayOut() throws IOException {
        Path file = avro("a.avro", ROW, List.of("a", 1L, 0.5), Arrays.asList(null, 1L, 0.5));
        refused(fixture.publish(file, "--key", "id"), 1, "a.avro, record 2 of the block at byte", "'id' is null");
        refused(fixture.publish(file, "--key", "iat"), 1, "'iat'", "id, n, x");
        refused(fixture.publish(file, "--key", "id", "--type", "n:string"), 2, "--type", "avro");
        refused(fixture.publish(file, "--key", "id", "--no-header"), 2, "--no-header", "avro");
        Path nan = avro("nan.avro", ROW, List.of("a", 1L, Double.NaN));
        refused(fixture.publish(nan, "--key", "x"), 1, "nan.avro, record 1 of", "NaN");
        Path text = fixture.file("text.avro", "id,n");
        refused(fixture.publish(text, "--key", "id"), 1, "text.avro is not an Avro data file");
        Path more = avro("b.avro", row(ID, N, "{'name':'x','type':'double'}", N.replace("'n'", "'m'")));
        Path clean = avro("clean.avro", ROW);
        refused(fixture.publish(clean, more.toString(), "--key", "id"), 1, "b.avro has a field 'm'", "--value");
        Path cut = Files.write(
                folder.resolve("cut.avro"), Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 3));
        refused(fixture.publish(cut, "--key", "id"), 1, "cut.avro is damaged in the block at byte");
        assertThat(fixture.committed()).isEmpty();
    }

    private static String digest(Outcome outcome) {
        assertThat(outcome.err()).isEmpty();
        return outcome.json().get("digest").asText();
    }

    private static void refused(Outcome outcome, int code, String... parts) {
        assertThat(outcome.err()).contains(parts).startsWith("slipway: ").doesNotContain("\tat ");
        assertThat(outcome.code()).isEqualTo(code);
    }

    private static Schema row(String... fields) {
        String json = "{'type':'record','name':'Row','fields':[" + String.join(",", fields) + "]}";
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }

    private static GenericRecord record(Schema schema, List<?> row) {
        GenericRecord record = new GenericData.Record(schema);
        for (int i = 0; i < row.size(); i++) {
            record.put(i, row.get(i));
        }
        return record;
    }

    private Path avro(String name, Schema schema, List<?>... rows) throws IOException {
        Path file = folder.resolve(name);
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, file.toFile());
            for (List<?> row : rows) {
                writer.append(record(schema, row));
            }
        }
        return file;
    }
}
