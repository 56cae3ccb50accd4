package io.slipway.batch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Source;
import io.slipway.batch.type.BinaryIn;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroRecordsTest {

    private static final Schema ROW = schema("""
            {'type':'record','name':'SpecificStop','namespace':'io.slipway.batch.format','fields':[
             {'name':'id','type':'int'},
             {'name':'name','type':['null','string']},
             {'name':'day','type':{'type':'int','logicalType':'date'}},
             {'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}},
             {'name':'price','type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}},
             {'name':'color','type':{'type':'enum','name':'Shade','symbols':['RED','BLUE']}},
             {'name':'place','type':{'type':'record','name':'Place','fields':[{'name':'lat','type':'float'}]}},
             {'name':'legs','type':{'type':'array','items':'Place'}},
             {'name':'seen','type':{'type':'map','values':'long'}},
             {'name':'raw','type':'bytes'}]}""");

    enum Shade {
        RED,
        BLUE
    }

    record Place(double lat) {}

    record Stop(
            long id,
            Optional<String> name,
            LocalDate day,
            Instant at,
            String price,
            Shade color,
            Place place,
            List<Place> legs,
            Map<String, Long> seen,
            Optional<String> missing) {}

    @TempDir
    private Path folder;

    @Test
    void recordsAreJavaRecordsWithAllThatIsInThem() throws IOException {
        Stop first = new Stop(
                7,
                Optional.of("x"),
                LocalDate.parse("2026-01-31"),
                Instant.parse("2026-01-31T10:15:30.5Z"),
                "-2.50",
                Shade.BLUE,
                new Place(1.5),
                List.of(new Place(2.5), new Place(3.5)),
                Map.of("b", 2L, "a", 1L),
                Optional.empty());
        for (Source<Stop> source : List.of(
                Avro.files(List.of(avro())).as(Stop.class),
                Parquet.files(List.of(parquet())).as(Stop.class))) {
            List<Stop> stops = Reading.all(source).records;
            assertThat(stops.get(0)).isEqualTo(first);
            assertThat(stops.get(1).name()).isEmpty();
            assertThat(stops.get(1).seen()).isEmpty();
            BinaryOut out = new BinaryOut();
            source.type().write(first, out);
            assertThat(source.type().read(in(out))).isEqualTo(first);
        }
    }

    @Test
    void classesThatAvroGeneratedAreReadByItsRules() throws IOException {
        for (Source<SpecificStop> source : List.of(
                Avro.files(List.of(avro())).as(SpecificStop.class),
                Parquet.files(List.of(parquet())).as(SpecificStop.class))) {
            List<SpecificStop> stops = Reading.all(source).records;
            assertThat(stops)
                    .extracting(stop -> stop.id + " " + stop.name + " " + stop.seen.get("b") + " " + stop.more)
                    .containsExactly("7 x 2 none", "8 null null none");
            Type<SpecificStop> type = source.type();
            BinaryOut out = new BinaryOut();
            type.write(stops.get(0), out);
            assertThat(type.read(in(out))).isEqualTo(stops.get(0));
        }
    }

    @Test
    void logLinesAreReadFromTheirRecords() throws IOException {
        Path log = Files.writeString(
                folder.resolve("access.log"),
                "1.2.3.4 - ann [17/May/2015:10:05:03 +0000] \"GET /a?b HTTP/1.1\" 200 17 \"-\" \"curl\"\n");
        List<LogLine> lines = Reading.all(AccessLog.files(List.of(log))).records;
        Type<LogLine> type = Type.of(LogLine.class);
        BinaryOut out = new BinaryOut();
        type.write(lines.get(0), out);
        GenericRecord record = Type.generic(type.schema()).read(in(out));
        Path file = folder.resolve("log.parquet");
        writeParquet(file, type.schema(), List.of(record));
        assertThat(Reading.all(Parquet.files(List.of(file)).as(LogLine.class)).records)
                .isEqualTo(lines);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsRead() throws IOException {
        record NoField(int other) {}
        record Narrow(LocalDate id) {}
        record NotNull(String name) {}
        record AsTime(Instant day) {}
        refused(NoField.class, "no field 'other'", "id, name");
        refused(Narrow.class, "'id'", "\"int\"", "a date");
        refused(AsTime.class, "'day'", "date", "an instant");
        refused(NotNull.class, "a.avro, record 2 of the block at byte", "name is null", "Optional");
        refused(String.class, "not a record");
    }

    private static BinaryIn in(BinaryOut out) {
        return new BinaryIn().set(out.array(), 0, out.size());
    }

    private void refused(Class<?> wanted, String... parts) throws IOException {
        Path file = avro();
        assertThatThrownBy(() -> Reading.all(Avro.files(List.of(file)).as(wanted)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(parts);
    }

    private static List<GenericRecord> rows() {
        return List.of(
                row(7, "x", List.of(place(2.5f), place(3.5f)), Map.of("a", 1L, "b", 2L)),
                row(8, null, List.of(), Map.of()));
    }

    private static GenericRecord row(int id, String name, List<GenericRecord> legs, Map<String, Long> seen) {
        GenericRecord row = new GenericData.Record(ROW);
        List<Object> values = Arrays.asList(
                id,
                name,
                (int) LocalDate.parse("2026-01-31").toEpochDay(),
                Instant.parse("2026-01-31T10:15:30.5Z").toEpochMilli(),
                ByteBuffer.wrap(new byte[] {-1, 6}),
                new GenericData.EnumSymbol(ROW.getField("color").schema(), "BLUE"),
                place(1.5f),
                legs,
                seen,
                ByteBuffer.wrap(new byte[] {1}));
        for (int i = 0; i < values.size(); i++) {
            row.put(i, values.get(i));
        }
        return row;
    }

    private static GenericRecord place(float lat) {
        GenericRecord place = new GenericData.Record(ROW.getField("place").schema());
        place.put("lat", lat);
        return place;
    }

    private Path avro() throws IOException {
        Path file = folder.resolve("a.avro");
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(ROW))) {
            writer.create(ROW, file.toFile());
            for (GenericRecord row : rows()) {
                writer.append(row);
            }
        }
        return file;
    }

    private Path parquet() throws IOException {
        Path file = folder.resolve("a.parquet");
        writeParquet(file, ROW, rows());
        return file;
    }

    private static void writeParquet(Path file, Schema schema, List<GenericRecord> rows) throws IOException {
        Files.deleteIfExists(file);
        try (ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withSchema(schema)
                .withDataModel(new GenericData())
                .build()) {
            for (GenericRecord row : rows) {
                writer.write(row);
            }
        }
    }

    static Schema schema(String json) {
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }
}
