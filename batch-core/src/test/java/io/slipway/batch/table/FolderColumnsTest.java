package io.slipway.batch.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.BadRecord;
import io.slipway.batch.Source;
import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.batch.format.Csv;
import io.slipway.batch.format.CsvRow;
import io.slipway.batch.format.JsonLines;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderColumnsTest {

    record Sale(String day, Optional<String> place, long id) {}

    @TempDir
    private Path folder;

    @Test
    void foldersAreColumnsOfCsvAndOfJsonLines() throws IOException {
        for (String form : List.of("csv", "jsonl")) {
            Path input = folder.resolve(form);
            write(input.resolve("day=2026-01-31/n=1/place=S%C3%A3o%2FX"), form, 1);
            write(input.resolve("place=__HIVE_DEFAULT_PARTITION__/n=2/day=2026-02-01"), form, 2);
            write(input.resolve("day=2026-02-01/n=3/place="), form, 3);
            TableSpec spec = TableSpec.withKey(List.of("id")).withTypes(Map.of("day", ColumnType.DATE));
            Table table = Table.of(List.of(input), TableFormat.ofLabel(form), spec);
            TableSchemas schemas = Encoded.schemas(table);
            assertThat(schemas.value().getField("n").schema().toString()).isEqualTo("\"long\"");
            assertThat(described(table, spec, schemas))
                    .containsExactlyInAnyOrder(
                            "1 -> {\"day\":\"2026-01-31\",\"n\":1,\"place\":\"São/X\"}",
                            "2 -> {\"day\":\"2026-02-01\",\"n\":2,\"place\":null}",
                            "3 -> {\"day\":\"2026-02-01\",\"n\":3,\"place\":null}");
            Source<Sale> sales = form.equals("csv")
                    ? Csv.files(List.of(input)).as(Sale.class)
                    : JsonLines.files(List.of(input)).as(Sale.class);
            assertThat(read(sales)).contains(new Sale("2026-01-31", Optional.of("São/X"), 1));
        }
    }

    @Test
    void aFolderMayGiveTheKey() throws IOException {
        for (String form : List.of("csv", "jsonl")) {
            write(folder.resolve(form + "/day=20260131"), form, 1);
            TableSpec spec = TableSpec.withKey(List.of("day"));
            Table table = Table.of(List.of(folder.resolve(form)), TableFormat.ofLabel(form), spec);
            TableSchemas schemas = Encoded.schemas(table);
            assertThat(described(table, spec, schemas)).containsExactly("20260131 -> {\"id\":1}");
            TableSchemas kept =
                    Encoded.schemas(table, Optional.of(TableSchemas.current(schemas.key(), schemas.value())));
            assertThat(described(table, spec, kept)).containsExactly("20260131 -> {\"id\":1}");
        }
    }

    @Test
    void aFileWithoutHeaderHasTheFoldersBehindItsColumns() throws IOException {
        Path file = Files.createDirectories(folder.resolve("day=7")).resolve("a.csv");
        Files.writeString(file, "1,x\n");
        TableSpec spec = TableSpec.withKey(List.of("c1"))
                .withDialect(new CsvDialect(',', CsvDialect.Header.NONE, Optional.empty()));
        Table table = Table.of(List.of(file), TableFormat.CSV, spec);
        assertThat(described(table, spec, Encoded.schemas(table))).containsExactly("1 -> {\"c2\":\"x\",\"day\":7}");
        List<CsvRow> rows = read(Csv.files(List.of(file)).noHeader().rows());
        assertThat(rows.get(0).header()).containsExactly("c1", "c2", "day");
    }

    @Test
    void columnsThatAreInTheFileAsWellAndFoldersThatAreNotAlikeAreRefused() throws IOException {
        for (String form : List.of("csv", "jsonl")) {
            TableFormat format = TableFormat.ofLabel(form);
            TableSpec spec = TableSpec.withKey(List.of("id"));
            Path twice = write(folder.resolve("id=1"), form, 1);
            refused(() -> Encoded.schemas(Table.of(List.of(twice), format, spec)), "'id'", "part." + form, "id=…");
            Path one = write(folder.resolve("a/day=1"), form, 1);
            Path other = write(folder.resolve("a"), form, 1);
            refused(
                    () -> Encoded.schemas(Table.of(List.of(one, other), format, spec)),
                    other.toString(),
                    form.equals("csv") ? "no column 'day'" : "not laid out alike: those of " + one);
            Path repeated = write(folder.resolve("day=1/day=2"), form, 1);
            refused(() -> Encoded.schemas(Table.of(List.of(repeated), format, spec)), "Two folders", "'day'");
            Path text = write(folder.resolve("b/n=x"), form, 1);
            TableSpec typed = spec.withTypes(Map.of("n", ColumnType.LONG));
            Table table = Table.of(List.of(text), format, typed);
            TableSchemas schemas = Encoded.schemas(table);
            refused(() -> described(table, typed, schemas), "part." + form, "line ", "'n'", "'x'", "long");
        }
    }

    private static Path write(Path place, String form, int id) throws IOException {
        String text = form.equals("csv") ? "id\n" + id + "\n" : "{\"id\":" + id + "}\n";
        return Files.writeString(Files.createDirectories(place).resolve("part." + form), text);
    }

    private static List<String> described(Table table, TableSpec spec, TableSchemas schemas) {
        List<Encoded.Pair> pairs = table instanceof CsvTable
                ? Encoded.csv(table.files(), spec, schemas)
                : Encoded.json(table.files(), spec, schemas);
        return Encoded.described(pairs, schemas).stream()
                .map(FolderColumnsTest::sorted)
                .toList();
    }

    /** With the fields in the order of their names: that of the folders differs from file to file. */
    private static String sorted(String described) {
        int arrow = described.indexOf(" -> {") + " -> {".length();
        String[] fields = described.substring(arrow, described.length() - 1).split(",(?=\")");
        java.util.Arrays.sort(fields);
        return described.substring(0, arrow) + String.join(",", fields) + "}";
    }

    private static void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContainingAll(parts);
    }

    private static <T> List<T> read(Source<T> source) throws IOException {
        List<T> records = new ArrayList<>();
        for (Split split : source.splits(Long.MAX_VALUE)) {
            source.read(split, new SourceContext<>() {
                @Override
                public void emit(T record) {
                    records.add(record);
                }

                @Override
                public void bytesRead(long bytes) {}

                @Override
                public void badRecord(Supplier<BadRecord> record) {}

                @Override
                public void count(String counter, long delta) {}
            });
        }
        return records;
    }
}
