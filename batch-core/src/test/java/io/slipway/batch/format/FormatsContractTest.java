package io.slipway.batch.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.Source;
import io.slipway.batch.type.BinaryIn;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rows, in all forms, compressed and cut in all ways, are the same records. */
class FormatsContractTest {

    record Row(String text, Optional<Long> count, double share, boolean seen, LocalDate day, Instant at) {}

    private static final Type<Row> TYPE = Type.of(Row.class);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void rowsAreTheSameInAllForms(long seed) throws IOException {
        Random random = new Random(seed);
        int count = seed <= 2 ? (int) seed - 1 : random.nextInt(40);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(text(random), random));
        }
        check(rows, random, 30, "seed " + seed);
    }

    @Test
    void fieldsMayBeLarge() throws IOException {
        Random random = new Random(9);
        check(List.of(row("x".repeat(1 << 20), random), row("é\"\n".repeat(1 << 16), random)), random, 2, "large");
    }

    private void check(List<Row> rows, Random random, int mostSplits, String what) throws IOException {
        for (Map.Entry<String, Source<Row>> form : forms(rows, random).entrySet()) {
            long size = Files.size(form.getValue().files().get(0));
            for (long step = Math.max(1, size / mostSplits); step <= size + 1; step += 1 + step) {
                assertThat(Reading.all(form.getValue(), step).records)
                        .as("%s, %s, splits of %d", what, form.getKey(), step)
                        .isEqualTo(rows);
            }
        }
    }

    private Map<String, Source<Row>> forms(List<Row> rows, Random random) throws IOException {
        Map<String, Source<Row>> forms = new LinkedHashMap<>();
        for (String end : List.of("\n", "\r\n")) {
            for (Compression compression : Compression.values()) {
                String name = compression + (end.length() == 1 ? "" : " with CRLF");
                boolean isMarked = random.nextBoolean();
                boolean isEnded = random.nextBoolean();
                Path csv = write("csv " + name, compression, text(csv(rows), end, isMarked, isEnded));
                forms.put("csv " + name, Csv.files(List.of(csv)).as(Row.class));
                Path json =
                        write("json " + name, compression, text(json(rows), end, isMarked && !rows.isEmpty(), isEnded));
                forms.put("json " + name, JsonLines.files(List.of(json)).as(Row.class));
            }
        }
        forms.put("avro", Avro.files(List.of(avro(rows))).as(Row.class));
        forms.put("parquet", Parquet.files(List.of(parquet(rows))).as(Row.class));
        return forms;
    }

    private static String text(List<String> lines, String end, boolean isMarked, boolean isEnded) {
        return (isMarked ? "\ufeff" : "") + String.join(end, lines) + (isEnded && !lines.isEmpty() ? end : "");
    }

    private Path write(String name, Compression compression, String text) throws IOException {
        return Files.write(folder.resolve(name), Compressed.by(compression, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> csv(List<Row> rows) {
        List<String> lines = new ArrayList<>(List.of("day,text,share,count,at,seen"));
        for (Row row : rows) {
            String text = '"' + row.text().replace("\"", "\"\"") + '"';
            String count = row.count().map(String::valueOf).orElse("");
            lines.add(row.day() + "," + text + "," + row.share() + "," + count + "," + row.at() + "," + row.seen());
        }
        return lines;
    }

    private static List<String> json(List<Row> rows) {
        JsonMapper mapper = new JsonMapper();
        return rows.stream()
                .map(row -> {
                    ObjectNode object = mapper.createObjectNode();
                    object.put("at", row.at().toString())
                            .put("text", row.text())
                            .put("seen", row.seen());
                    object.put("share", row.share()).put("day", row.day().toString());
                    row.count().ifPresent(count -> object.put("count", count));
                    return object.toString();
                })
                .toList();
    }

    private Path avro(List<Row> rows) throws IOException {
        Path file = folder.resolve("avro");
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(TYPE.schema()))) {
            writer.setSyncInterval(64).create(TYPE.schema(), file.toFile());
            for (Row row : rows) {
                writer.append(generic(row));
            }
        }
        return file;
    }

    private Path parquet(List<Row> rows) throws IOException {
        Path file = folder.resolve("parquet");
        try (ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withSchema(TYPE.schema())
                .withDataModel(new GenericData())
                .withRowGroupSize(1000L)
                .withMinRowCountForPageSizeCheck(1)
                .build()) {
            for (Row row : rows) {
                writer.write(generic(row));
            }
        }
        return file;
    }

    private static GenericRecord generic(Row row) {
        BinaryOut out = new BinaryOut();
        TYPE.write(row, out);
        return Type.generic(TYPE.schema()).read(new BinaryIn().set(out.array(), 0, out.size()));
    }

    private static Row row(String text, Random random) {
        return new Row(
                text,
                random.nextBoolean() ? Optional.empty() : Optional.of(random.nextLong()),
                random.nextGaussian(),
                random.nextBoolean(),
                LocalDate.ofEpochDay(random.nextInt(40_000) - 10_000),
                Instant.ofEpochMilli(random.nextInt()));
    }

    private static String text(Random random) {
        List<String> parts = List.of("a", "\"", ",", "\n", "\r\n", "é", "😀", " ", "\\", "1");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }
}
