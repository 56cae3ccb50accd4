package io.slipway.batch.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.table.CsvDialect.Header;
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

class CsvTableTest {

    @TempDir
    private Path folder;

    @Test
    void typesAreThoseThatAllValuesFit() throws IOException {
        Path file = file("a.csv", "id,n,x,flag,zip,text", "a,1,1,true,00501,1", "b,-7,2.5,false,10001,x");
        TableSchemas schemas = schemas(file, key("id"));
        assertThat(schemas.key().getType()).isEqualTo(Schema.Type.STRING);
        assertThat(types(schemas.value()))
                .containsExactly("n long", "x double", "flag boolean", "zip string", "text string");
        assertThat(described(file, key("id"), schemas))
                .containsExactly(
                        "a -> {\"n\":1,\"x\":1.0,\"flag\":true,\"zip\":\"00501\",\"text\":\"1\"}",
                        "b -> {\"n\":-7,\"x\":2.5,\"flag\":false,\"zip\":\"10001\",\"text\":\"x\"}");
    }

    @Test
    void theLastRowOfALargeFileCountsAsMuchAsTheFirst() throws IOException {
        StringBuilder text = new StringBuilder("id,n\n");
        for (int i = 0; i < 50_000; i++) {
            text.append(i).append(',').append(i).append('\n');
        }
        Path file = folder.resolve("large.csv");
        Files.writeString(file, text + "50000,n/a\n");
        TableSchemas schemas = schemas(file, key("id"));
        assertThat(schemas.key().getType()).isEqualTo(Schema.Type.LONG);
        assertThat(types(schemas.value())).containsExactly("n string");
    }

    @Test
    void anEmptyFieldIsNullAndAQuotedOneTheEmptyText() throws IOException {
        Path file = file("a.csv", "id,n,text,none", "a,,\"\",", "b,5,x,");
        TableSchemas schemas = schemas(file, key("id"));
        assertThat(types(schemas.value())).containsExactly("n [null, long]", "text string", "none [null, string]");
        assertThat(described(file, key("id"), schemas))
                .containsExactly(
                        "a -> {\"n\":null,\"text\":\"\",\"none\":null}", "b -> {\"n\":5,\"text\":\"x\",\"none\":null}");
    }

    @Test
    void anotherTextCanMeanNullUnlessItIsQuoted() throws IOException {
        Path file = file("a.csv", "id,n", "a,NA", "b,5", "c,");
        TableSpec spec = key("id").withDialect(new CsvDialect(',', Header.NAMES, Optional.of("NA")));
        assertThat(described(file, spec, schemas(file, spec)))
                .containsExactly("a -> {\"n\":null}", "b -> {\"n\":5}", "c -> {\"n\":null}");
        Path quoted = file("b.csv", "id,n", "a,\"NA\"", "b,5");
        assertThat(types(schemas(quoted, spec).value())).containsExactly("n string");
    }

    @Test
    void severalKeyColumnsMakeARecordKey() throws IOException {
        Path file = file("a.csv", "n,to,from", "1,B,A");
        TableSchemas schemas = schemas(file, key("from", "to"));
        assertThat(schemas.key().getFullName()).isEqualTo("io.slipway.my_data.Key");
        assertThat(schemas.value().getFullName()).isEqualTo("io.slipway.my_data.Value");
        assertThat(described(file, key("from", "to"), schemas)).containsExactly("A, B -> {\"n\":1}");
    }

    @Test
    void negativeZeroIsZeroInAKeyAndItselfInAValue() throws IOException {
        Path file = file("a.csv", "id,n", "-0.0,-0.0", "0.5,0.5");
        assertThat(described(file, key("id"), schemas(file, key("id"))))
                .containsExactly("0.0 -> {\"n\":-0.0}", "0.5 -> {\"n\":0.5}");
    }

    @Test
    void valueColumnsCanBeChosenAndMayRepeatTheKey() throws IOException {
        Path file = file("a.csv", "id,a,b,c", "1,2,3,4");
        TableSpec spec = key("id").withValue(List.of("c", "id"));
        assertThat(described(file, spec, schemas(file, spec))).containsExactly("1 -> {\"c\":4,\"id\":1}");
    }

    @Test
    void aNullInAKeyColumnIsRefusedWithItsLine() throws IOException {
        Path file = file("a.csv", "id,n", "a,1", ",2");
        TableSpec spec = key("id");
        TableSchemas schemas = schemas(file, spec);
        refused(() -> described(file, spec, schemas), "a.csv, line 3", "'id' is null");
    }

    @Test
    void aColumnThatIsNotThereIsRefusedNamingThoseThatAre() throws IOException {
        Path file = file("a.csv", "id,n", "a,1");
        refused(() -> table(file, key("iat")), "a.csv", "'iat'", "id, n");
        refused(() -> table(file, key("id").withValue(List.of("m"))), "'m'");
        refused(() -> table(file, key("id").withTypes(Map.of("m", ColumnType.LONG))), "'m'");
    }

    @Test
    void anEmptyFileIsRefusedAndOneWithAHeaderOnlyIsEmptyButFine() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.csv"));
        refused(() -> table(empty, key("id")), "empty.csv is empty", "no header");
        Path header = file("header.csv", "id,n");
        TableSchemas schemas = schemas(header, key("id"));
        assertThat(types(schemas.value())).containsExactly("n string");
        assertThat(described(header, key("id"), schemas)).isEmpty();
    }

    @Test
    void aBrokenQuoteIsRefusedWithItsLine() throws IOException {
        Path file = file("a.csv", "id,n", "a,1", "b,\"2", "c,3");
        refused(() -> schemas(file, key("id")), "a.csv, line 3", "quote");
    }

    @Test
    void filesMayHaveTheirColumnsInAnyOrderButMustHaveTheSame() throws IOException {
        Path first = file("a.csv", "id,n,m", "a,1,2");
        Path second = file("b.csv", "m,id,n", "4,b,3");
        TableSchemas schemas = Encoded.schemas(Table.of(List.of(first, second), TableFormat.CSV, key("id")));
        assertThat(Encoded.described(Encoded.csv(List.of(first, second), key("id"), schemas), schemas))
                .containsExactly("a -> {\"n\":1,\"m\":2}", "b -> {\"n\":3,\"m\":4}");
        Path third = file("c.csv", "id,n", "c,5");
        refused(() -> Encoded.schemas(Table.of(List.of(first, third), TableFormat.CSV, key("id"))), "c.csv", "'m'");
        refused(() -> Encoded.schemas(Table.of(List.of(third, first), TableFormat.CSV, key("id"))), "a.csv", "'m'");
    }

    @Test
    void withoutAHeaderColumnsAreNumbered() throws IOException {
        Path file = file("a.csv", "a;1", "b;2");
        TableSpec spec = key("c1").withDialect(new CsvDialect(';', Header.NONE, Optional.empty()));
        assertThat(described(file, spec, schemas(file, spec))).containsExactly("a -> {\"c2\":1}", "b -> {\"c2\":2}");
    }

    @Test
    void namesThatAvroDoesNotAllowAreMapped() throws IOException {
        Path file = file("a.csv", "the id,2026,größe", "a,1,2");
        TableSpec spec = key("the id");
        assertThat(described(file, spec, schemas(file, spec))).containsExactly("a -> {\"_2026\":1,\"gr__e\":2}");
        Path clash = file("b.csv", "a b,a-b", "1,2");
        refused(() -> table(clash, key("a b")), "'a-b'", "a_b");
    }

    @Test
    void typesCanBeChosenByColumn() throws IOException {
        Path file = file("a.csv", "id,zip,day,at,n", "1,501,2026-01-31,2026-01-31T10:15:30.5+01:00,007");
        TableSpec spec = key("id")
                .withTypes(Map.of(
                        "id", ColumnType.STRING,
                        "zip", ColumnType.STRING,
                        "day", ColumnType.DATE,
                        "at", ColumnType.TIMESTAMP,
                        "n", ColumnType.INT));
        TableSchemas schemas = schemas(file, spec);
        assertThat(schemas.key().getType()).isEqualTo(Schema.Type.STRING);
        assertThat(described(file, spec, schemas))
                .containsExactly(
                        "1 -> {\"zip\":\"501\",\"day\":\"2026-01-31\",\"at\":\"2026-01-31T09:15:30.500Z\",\"n\":7}");
        TableSpec more = key("id")
                .withTypes(Map.of(
                        "id", ColumnType.UUID,
                        "price", ColumnType.of("decimal(6,2)"),
                        "raw", ColumnType.BYTES,
                        "at", ColumnType.TIMESTAMP_MICROS));
        Path exact = file(
                "c.csv",
                "id,price,raw,at",
                "F81D4FAE-7dec-11d0-a765-00a0c91e6bf6,-1234.5,AQI=,2026-01-31T10:15:30.000001Z",
                "00000000-0000-0000-0000-000000000000,,AQI=,1969-12-31T23:59:59Z");
        assertThat(described(exact, more, schemas(exact, more)))
                .containsExactly(
                        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6 -> {\"price\":-1234.50,\"raw\":\"AQI=\","
                                + "\"at\":\"2026-01-31T10:15:30.000001Z\"}",
                        "00000000-0000-0000-0000-000000000000 -> {\"price\":null,\"raw\":\"AQI=\","
                                + "\"at\":\"1969-12-31T23:59:59Z\"}");
        Path bad = file("b.csv", "id,day", "1,31.01.2026");
        TableSpec day = key("id").withTypes(Map.of("day", ColumnType.DATE));
        TableSchemas found = schemas(bad, day);
        refused(() -> described(bad, day, found), "b.csv, line 2", "'day'", "'31.01.2026'", "--type");
    }

    @Test
    void valuesThatAreNotOfAChosenTypeAreRefusedWithItsForm() throws IOException {
        for (String[] wrong : new String[][] {
            {"decimal(6,2)", "12345", "decimal(6,2), so with at most 4 digits before the point and 2 behind it"},
            {"decimal(6,2)", "1.234", "decimal(6,2)"},
            {"decimal(6,2)", "1e999999999", "decimal(6,2)"},
            {"decimal(6,2)", "0x1", "decimal(6,2)"},
            {"uuid", "1-1-1-1-1", "f81d4fae-"},
            {"date", "2026-02-30", "date (such as 2026-01-31)"},
            {"timestamp", "2026-01-31T10:15:30", "timestamp (such as 2026-01-31T10:15:30Z"},
            {"timestamp", "2026-01-31T10:15:30.0001Z", "at most millis"},
            {"timestamp-micros", "2026-01-31T10:15:30.0000001Z", "at most micros"},
            {"bytes", "?", "bytes (Base64)"},
            {"int", "2147483648", "int"},
        }) {
            Path file = file("a.csv", "id,x", "a," + wrong[1]);
            TableSpec spec = key("id").withTypes(Map.of("x", ColumnType.of(wrong[0])));
            TableSchemas schemas = schemas(file, spec);
            refused(() -> described(file, spec, schemas), "a.csv, line 2", "'x'", "'" + wrong[1] + "'", wrong[2]);
        }
        for (String label : List.of("decimal", "decimal(0,0)", "decimal(3,4)", "date32")) {
            refused(() -> ColumnType.of(label), label);
        }
        Path file = file("a.csv", "id,x", "1.5,a");
        refused(() -> schemas(file, key("id").withTypes(Map.of("id", ColumnType.decimal(3, 1)))), "'id'", "decimal");
    }

    @Test
    void theCurrentTypesAreKeptAndRowsThatDoNotFitAreNamed() throws IOException {
        TableSchemas current = current(file("a.csv", "id,n,x", "a,1,0.5"));
        Path next = file("b.csv", "x,id,n", "3,b,2");
        assertThat(current(next, current)).isEqualTo(current);
        assertThat(described(next, key("id"), current)).containsExactly("b -> {\"n\":2,\"x\":3.0}");
        Path misfit = file("c.csv", "id,n,x", "a,1,1", "b,00501,1");
        refused(
                () -> described(misfit, key("id"), current(misfit, current)),
                "c.csv, line 3",
                "'n'",
                "'00501'",
                "long",
                "--new-schema",
                "--type n:string");
        Path hole = file("d.csv", "id,n,x", "a,,1");
        refused(() -> described(hole, key("id"), current(hole, current)), "d.csv, line 2", "'n'", "null");
    }

    @Test
    void columnsThatTheCurrentVersionDoesNotHaveOrLackAreRefused() throws IOException {
        TableSchemas current = current(file("a.csv", "id,n", "a,1"));
        refused(() -> current(file("b.csv", "id,n,m", "a,1,2"), current), "b.csv", "'m'", "--new-schema", "--value");
        refused(() -> current(file("c.csv", "id,m", "a,1"), current), "c.csv", "'n'", "--new-schema");
        Path file = file("d.csv", "id,n", "a,1");
        refused(() -> Encoded.schemas(table(file, key("id", "n")), Optional.of(current)), "key", "id, n");
    }

    @Test
    void aTypeForOneColumnChangesTheCurrentOne() throws IOException {
        TableSchemas current = current(file("a.csv", "id,n,m", "a,1,2"));
        Path file = file("b.csv", "id,n,m", "a,n/a,2");
        TableSpec spec = key("id").withTypes(Map.of("n", ColumnType.STRING));
        TableSchemas schemas = Encoded.schemas(table(file, spec), Optional.of(current));
        assertThat(types(schemas.value())).containsExactly("n string", "m long");
        assertThat(described(file, spec, schemas)).containsExactly("a -> {\"n\":\"n/a\",\"m\":2}");
    }

    @Test
    void aSchemaOfTheRowDecidesTypesAndOrder() throws IOException {
        Schema row = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Row\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"},"
                        + "{\"name\":\"e\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}},"
                        + "{\"name\":\"id\",\"type\":\"long\",\"doc\":\"who\"}]}");
        Path file = file("a.csv", "id,e,n", "5,B,6");
        TableSpec spec = key("id").withRowSchema(row);
        TableSchemas schemas = schemas(file, spec);
        assertThat(schemas.key().getType()).isEqualTo(Schema.Type.LONG);
        assertThat(described(file, spec, schemas)).containsExactly("5 -> {\"n\":6,\"e\":\"B\"}");
        Path wrong = file("b.csv", "id,e,n", "5,C,6");
        refused(() -> described(wrong, spec, schemas), "b.csv, line 2", "'e'", "'C'", "--schema");
        refused(() -> schemas(file("c.csv", "id,n", "1,2"), spec), "c.csv", "'e'");
        refused(() -> table(file, spec.withTypes(Map.of("n", ColumnType.LONG))), "--schema", "--type");
    }

    @Test
    void theSizeOfTheContentIsMeasuredWhereTypesAreFoundAndUnknownWhereNot() throws IOException {
        Path plain = file("plain", "id,n", "a,1", "b,2");
        Path packed = folder.resolve("packed.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(Files.readAllBytes(plain));
        }
        Table table = Table.of(List.of(packed, plain, packed), TableFormat.CSV, key("id"));
        TableSchemas found = Encoded.schemas(table);
        assertThat(found.contentBytes()).isEqualTo(3 * Files.size(plain));
        assertThat(found.sized(Publication.of("d")).inputBytes()).isEqualTo(3 * Files.size(plain));
        TableSchemas kept = Encoded.schemas(table, Optional.of(TableSchemas.current(found.key(), found.value())));
        assertThat(kept.contentBytes()).isZero();
        assertThat(kept.sized(Publication.of("d")).inputBytes()).isZero();
    }

    private static TableSpec key(String... columns) {
        return TableSpec.withKey(List.of(columns));
    }

    private static Table table(Path file, TableSpec spec) {
        return Table.of(List.of(file), TableFormat.CSV, spec);
    }

    private static TableSchemas schemas(Path file, TableSpec spec) {
        return Encoded.schemas(table(file, spec));
    }

    private static TableSchemas current(Path file) {
        TableSchemas found = schemas(file, key("id"));
        return TableSchemas.current(found.key(), found.value());
    }

    private static TableSchemas current(Path file, TableSchemas current) {
        return Encoded.schemas(table(file, key("id")), Optional.of(current));
    }

    private static List<String> described(Path file, TableSpec spec, TableSchemas schemas) {
        return Encoded.described(Encoded.csv(List.of(file), spec, schemas), schemas);
    }

    private static List<String> types(Schema record) {
        return record.getFields().stream()
                .map(field -> field.name() + " "
                        + (field.schema().isUnion()
                                ? "[null, " + field.schema().getTypes().get(1).getName() + "]"
                                : field.schema().getName()))
                .toList();
    }

    private static void refused(ThrowingCallable action, String... parts) {
        assertThatThrownBy(action).isInstanceOf(InvalidInputException.class).hasMessageContainingAll(parts);
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }
}
