package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.cli.PublishFixture.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

    /** All that tables of texts have a form for, each also as an optional. */
    private static final String[] TYPES = {
        "\"string\"",
        "\"boolean\"",
        "\"int\"",
        "\"long\"",
        "\"float\"",
        "\"double\"",
        "\"bytes\"",
        "{\"type\":\"int\",\"logicalType\":\"date\"}",
        "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}",
        "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}"
    };

    private static final String[] LETTERS = {
        "a", "B", " ", "\"", ",", "\n", "\r", "\t", "é", "\uD83D\uDE00", "\\", "#", "'"
    };

    @TempDir
    Path folder;

    private PublishFixture fixture;

    @BeforeEach
    void open() {
        fixture = new PublishFixture(folder);
    }

    @Test
    void rowsGoToStandardOutputByKeyWhateverThePartitions() {
        fixture.publish(
                fixture.file("1.csv", "id,name,size", "b,\"Bob \"\"B\"\"\",2", "a,\"\",1", "c,,3"),
                "--key",
                "id",
                "--partitions",
                "4");
        assertThat(export("--format", "csv", "--key", "id").out()).isEqualTo("""
                id,name,size
                a,"",1
                b,"Bob ""B""\",2
                c,,3
                """);
        assertThat(export("--format", "jsonl").out()).isEqualTo("""
                {"key":"a","name":"","size":1}
                {"key":"b","name":"Bob \\"B\\"","size":2}
                {"key":"c","name":null,"size":3}
                """);
    }

    @Test
    void whatIsExportedAndPublishedAgainHasTheSameDigest() throws IOException {
        long seed = System.nanoTime();
        System.out.println("ExportCommandTest seed " + seed);
        Random random = new Random(seed);
        for (int keys : List.of(1, 2)) {
            String keyNames = keys == 1 ? "k0" : "k0,k1";
            Path rows = randomRows(random, "rows" + keys, keys, 200);
            Outcome first = publish("first" + keys, rows, "--key", keyNames, "--partitions", "3");
            assertThat(first.err()).isEmpty();
            String digest = first.json().path("digest").asText();
            for (String format : List.of("csv", "jsonl", "avro")) {
                Path file = folder.resolve("exported" + keys + "." + format);
                Path schema = folder.resolve("exported" + keys + ".avsc");
                Outcome exported = export(
                        "first" + keys,
                        "--format",
                        format,
                        "--output",
                        file.toString(),
                        "--schema-output",
                        schema.toString(),
                        "--key",
                        keyNames);
                assertThat(exported.code()).as(exported.err()).isEqualTo(Failures.DONE);
                Outcome again = publish(format + keys, file, "--key", keyNames, "--schema", schema.toString());
                assertThat(again.err()).as("seed %d, %s", seed, format).isEmpty();
                assertThat(again.json().path("digest").asText())
                        .as("seed %d, %s", seed, format)
                        .isEqualTo(digest);
            }
        }
    }

    @Test
    void valuesWithPartsHaveNoFormInCsv() {
        fixture.publish(fixture.file("1.jsonl", "{\"id\":1,\"tags\":[\"x\",\"y\"]}"), "--key", "id");
        Outcome csv = export("--format", "csv");
        assertThat(csv.code()).isEqualTo(Failures.FAILED);
        assertThat(csv.err()).contains("Field 'tags'", "no form in CSV. Use --format jsonl or avro.");
        assertThat(export("--format", "jsonl").out()).isEqualTo("{\"key\":1,\"tags\":[\"x\",\"y\"]}\n");
    }

    @Test
    void columnsOfOneNameAreRefused() {
        fixture.publish(fixture.file("1.csv", "id,key", "a,1"), "--key", "id");
        assertThat(export("--format", "csv").err()).contains("both have a field 'key'", "--key");
        assertThat(export("--format", "csv", "--key", "id").out())
                .hasLineCount(2)
                .contains("id,key");
        assertThat(export("--format", "csv", "--key", "id,other").err()).contains("The key has 1 fields, and 2 names");
    }

    @Test
    void avroNeedsAFile() {
        fixture.publish(fixture.file("1.csv", "id,name", "a,1"), "--key", "id");
        assertThat(export("--format", "avro").code()).isEqualTo(Failures.WRONG_USAGE);
    }

    @Test
    void aDamagedVersionGivesNoFile() throws IOException {
        fixture.publish(fixture.file("1.csv", "id,name", "a,1"), "--key", "id");
        Path sst = fixture.repository().resolve("datasets/d/v1/part-00000-1-0.sst");
        byte[] content = Files.readAllBytes(sst);
        content[5] ^= 1;
        Files.write(sst, content);
        Path file = folder.resolve("out.csv");
        assertThat(export("--format", "csv", "--output", file.toString()).err()).contains("part-00000-1-0.sst");
        assertThat(file).doesNotExist();
    }

    private Path randomRows(Random random, String name, int keys, int count) throws IOException {
        StringBuilder fields = new StringBuilder("{\"name\":\"k0\",\"type\":\"string\"}");
        if (keys == 2) {
            fields.append(",{\"name\":\"k1\",\"type\":{\"type\":\"int\",\"logicalType\":\"date\"}}");
        }
        for (int i = 0; i < TYPES.length; i++) {
            fields.append(",{\"name\":\"f" + i + "\",\"type\":" + TYPES[i] + "}");
            fields.append(",{\"name\":\"o" + i + "\",\"type\":[\"null\"," + TYPES[i] + "]}");
        }
        Schema schema = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
        Path file = folder.resolve(name + ".avro");
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, file.toFile());
            for (int row = 0; row < count; row++) {
                GenericRecord record = new GenericData.Record(schema);
                record.put("k0", row + text(random));
                if (keys == 2) {
                    record.put("k1", random.nextInt(40_000) - 10_000);
                }
                for (int i = 0; i < TYPES.length; i++) {
                    record.put("f" + i, value(random, i));
                    record.put("o" + i, random.nextInt(3) == 0 ? null : value(random, i));
                }
                writer.append(record);
            }
        }
        return file;
    }

    private static Object value(Random random, int type) {
        return switch (type) {
            case 0 -> text(random);
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> (float) random.nextGaussian() * 1e10f;
            case 5 -> random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
            case 6 -> java.nio.ByteBuffer.wrap(text(random).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            case 7 -> random.nextInt(100_000) - 50_000;
            case 8 -> random.nextInt() * 1000L + random.nextInt(1000);
            default -> random.nextInt() * 1000_000L + random.nextInt(1000_000);
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(6); left > 0; left--) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    private Outcome publish(String dataset, Path input, String... options) {
        List<String> all = new ArrayList<>(
                List.of("publish", "--repository", fixture.repository().toString()));
        all.addAll(List.of("--dataset", dataset, "--input", input.toString(), "--json"));
        all.addAll(List.of("--scratch", folder.resolve("scratch").toString()));
        all.addAll(List.of(options));
        return PublishFixture.execute(all.toArray(String[]::new));
    }

    private Outcome export(String... options) {
        return options[0].startsWith("--") ? exported("d", options) : exported(options[0], options);
    }

    private Outcome exported(String dataset, String[] options) {
        List<String> all = new ArrayList<>(List.of(
                "export", dataset, "1", "--repository", fixture.repository().toString()));
        List.of(options).stream().filter(option -> !option.equals(dataset)).forEach(all::add);
        return PublishFixture.execute(all.toArray(String[]::new));
    }
}
