package io.slipway.batch.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.Publication;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTableTest {

    @TempDir
    private Path folder;

    @Test
    void fieldsAreTheUnionOfAllRowsAndAbsentIsNull() throws IOException {
        Path file = file("a.jsonl", "{'id':'a','n':1}", "", "{'x':0.5,'id':'b','n':2}");
        TableSchemas schemas = schemas(file, key("id"));
        assertThat(types(schemas.value())).containsExactly("n long", "x union[null, double]");
        assertThat(described(file, key("id"), schemas))
                .containsExactly("a -> {\"n\":1,\"x\":null}", "b -> {\"n\":2,\"x\":0.5}");
    }

    @Test
    void nestedObjectsAndArraysBecomeRecordsAndArrays() throws IOException {
        Path file = file(
                "a.jsonl",
                "{'id':1,'at':{'lat':1,'lon':2.5},'tags':['x','y'],'legs':[{'to':'B'},{'to':'C','km':7}]}",
                "{'id':2,'at':{'lat':3,'lon':4},'tags':[],'legs':[]}");
        TableSchemas schemas = schemas(file, key("id"));
        assertThat(schemas.key().getType()).isEqualTo(Schema.Type.LONG);
        assertThat(schemas.value().getField("at").schema().getFullName()).isEqualTo("io.slipway.my_data.Value.at");
        assertThat(described(file, key("id"), schemas))
                .containsExactly(
                        "1 -> {\"at\":{\"lat\":1,\"lon\":2.5},\"tags\":[\"x\",\"y\"],"
                                + "\"legs\":[{\"to\":\"B\",\"km\":null},{\"to\":\"C\",\"km\":7}]}",
                        "2 -> {\"at\":{\"lat\":3,\"lon\":4.0},\"tags\":[],\"legs\":[]}");
    }

    @Test
    void mixedTypesAreRefusedWithBothPlaces() throws IOException {
        Path file = file("a.jsonl", "{'id':'a','n':1}", "{'id':'b','n':'x'}");
        refused(() -> schemas(file, key("id")), "'n'", "a.jsonl, line 1", "a.jsonl, line 2", "--type n:string");
        TableSpec spec = key("id").withTypes(Map.of("n", ColumnType.STRING));
        assertThat(described(file, spec, schemas(file, spec)))
                .containsExactly("a -> {\"n\":\"1\"}", "b -> {\"n\":\"x\"}");
        Path nested = file("b.jsonl", "{'id':'a','o':{'n':1}}", "{'id':'b','o':{'n':true}}");
        refused(() -> schemas(nested, key("id")), "'o.n'", "--schema");
    }

    @Test
    void numbersBeyondWhatATypeHoldsAreRefused() throws IOException {
        Path file = file("a.jsonl", "{'id':1,'n':9007199254740993}", "{'id':2,'n':0.5}");
        refused(() -> schemas(file, key("id")), "'n'", "9007199254740993", "line 1", "--type n:");
        Path large = file("b.jsonl", "{'id':1,'n':123456789012345678901}");
        refused(() -> schemas(large, key("id")), "'n'", "123456789012345678901");
        Path fine = file("c.jsonl", "{'id':1,'n':0.1234567890123456}", "{'id':2,'n':1e3}");
        assertThat(described(fine, key("id"), schemas(fine, key("id"))))
                .containsExactly("1 -> {\"n\":0.1234567890123456}", "2 -> {\"n\":1000.0}");
    }

    @Test
    void aRowWithoutItsKeyIsRefusedWithItsLine() throws IOException {
        Path file = file("a.jsonl", "{'id':'a'}", "{'n':1}");
        TableSpec spec = key("id");
        TableSchemas schemas = schemas(file, spec);
        refused(() -> described(file, spec, schemas), "a.jsonl, line 2", "'id' is null");
        refused(() -> schemas(file("c.jsonl", "{'n':1}"), spec), "No row of", "'id'");
        refused(() -> schemas(file("b.jsonl", "{'id':'a'}"), key("id").withValue(List.of("m"))), "'m'");
    }

    @Test
    void theCurrentTypesAreKeptAndRowsThatDoNotFitAreNamed() throws IOException {
        TableSchemas found = schemas(file("a.jsonl", "{'id':'a','n':1,'o':{'m':1}}"), key("id"));
        Optional<TableSchemas> current = Optional.of(TableSchemas.current(found.key(), found.value()));
        Path misfit = file("b.jsonl", "{'id':'a','n':1,'o':{'m':'x'}}");
        refused(
                () -> described(misfit, key("id"), Encoded.schemas(table(misfit, key("id")), current)),
                "b.jsonl, line 1",
                "'o.m'",
                "'\"x\"'",
                "--new-schema");
        Path more = file("c.jsonl", "{'id':'a','n':1,'o':{'m':1},'p':1}");
        refused(
                () -> described(more, key("id"), Encoded.schemas(table(more, key("id")), current)),
                "c.jsonl, line 1",
                "'p'",
                "--value");
        TableSpec chosen = key("id").withValue(List.of("n", "o"));
        assertThat(described(more, chosen, Encoded.schemas(table(more, chosen), current)))
                .containsExactly("a -> {\"n\":1,\"o\":{\"m\":1}}");
    }

    @Test
    void aSchemaOfTheRowMayHaveMapsAndItsOwnType() throws IOException {
        Schema row = new Schema.Parser().parse("""
                        {"type":"record","name":"Node","fields":[{"name":"id","type":"string"},
                          {"name":"sizes","type":{"type":"map","values":"long"}},
                          {"name":"below","type":{"type":"array","items":{"type":"record","name":"Below","fields":[
                            {"name":"n","type":"int"},{"name":"next","type":["null","Below"]}]}}}]}""");
        Path file = file("a.jsonl", "{'id':'a','sizes':{'é':1,'b':2,'a':3},'below':[{'n':1,'next':{'n':2}}]}");
        TableSpec spec = key("id").withRowSchema(row);
        assertThat(described(file, spec, schemas(file, spec)))
                .containsExactly("a -> {\"sizes\":{\"a\":3,\"b\":2,\"é\":1},"
                        + "\"below\":[{\"n\":1,\"next\":{\"n\":2,\"next\":null}}]}");
    }

    @Test
    void anEmptyFileIsAnEmptyTable() throws IOException {
        Path file = file("a.jsonl");
        TableSchemas schemas = schemas(file, key("id", "n"));
        assertThat(described(file, key("id", "n"), schemas)).isEmpty();
    }

    @Test
    void theSizeOfTheContentIsMeasuredWhereTypesAreFoundAndUnknownWhereNot() throws IOException {
        Path plain = file("plain", "{\"id\":\"a\",\"n\":1}", "{\"id\":\"b\",\"n\":2}");
        Path packed = folder.resolve("packed.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(Files.readAllBytes(plain));
        }
        Table table = Table.of(List.of(packed, plain, packed), TableFormat.JSONL, key("id"));
        TableSchemas found = Encoded.schemas(table);
        assertThat(found.contentBytes()).isEqualTo(3 * Files.size(plain));
        assertThat(found.sized(Publication.of("d")).inputBytes()).isEqualTo(3 * Files.size(plain));
        TableSchemas kept = Encoded.schemas(table, Optional.of(TableSchemas.current(found.key(), found.value())));
        assertThat(kept.contentBytes()).isZero();
        assertThat(kept.sized(Publication.of("d")).inputBytes()).isZero();
    }

    private static TableSpec key(String... fields) {
        return TableSpec.withKey(List.of(fields));
    }

    private static Table table(Path file, TableSpec spec) {
        return Table.of(List.of(file), TableFormat.JSONL, spec);
    }

    private static TableSchemas schemas(Path file, TableSpec spec) {
        return Encoded.schemas(table(file, spec));
    }

    private static List<String> described(Path file, TableSpec spec, TableSchemas schemas) {
        return Encoded.described(Encoded.json(List.of(file), spec, schemas), schemas);
    }

    private static List<String> types(Schema record) {
        return record.getFields().stream()
                .map(field -> field.name() + " " + field.schema().getName())
                .toList();
    }

    private static void refused(ThrowingCallable action, String... parts) {
        assertThatThrownBy(action).isInstanceOf(InvalidInputException.class).hasMessageContainingAll(parts);
    }

    /** A file of lines in which apostrophes stand for quotes. */
    private Path file(String name, String... lines) throws IOException {
        return Files.write(
                folder.resolve(name),
                List.of(lines).stream().map(line -> line.replace('\'', '"')).toList());
    }
}
