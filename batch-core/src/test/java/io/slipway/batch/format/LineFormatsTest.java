package io.slipway.batch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.type.BinaryIn;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFormatsTest {

    record Event(String user, long count, double share, Optional<Boolean> seen, List<String> tags) {}

    @TempDir
    Path folder;

    @Test
    void eachLineIsInExactlyOneSplit() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            List<String> lines = new ArrayList<>();
            int count = random.nextInt(30);
            for (int i = 0; i < count; i++) {
                lines.add("é".repeat(random.nextInt(6)) + i);
            }
            String end = random.nextBoolean() ? "\n" : "\r\n";
            String text = String.join(end, lines) + (random.nextBoolean() && !lines.isEmpty() ? end : "");
            Path file = write("in.txt", text);
            for (long splitBytes = 1; splitBytes < 40; splitBytes += 3) {
                assertThat(Reading.all(TextLines.files(List.of(file)), splitBytes).records)
                        .as("split %d of %s", splitBytes, text)
                        .isEqualTo(lines);
            }
        }
    }

    @Test
    void linesLongerThanTheBufferAreRead() throws IOException {
        String large = "x".repeat(300_000);
        Path file = write("in.txt", large + "\n\n" + large);
        assertThat(Reading.all(TextLines.files(List.of(file))).records).containsExactly(large, "", large);
    }

    @Test
    void aCompressedFileIsReadToItsEnd() throws IOException {
        String text = "line of text\n".repeat(10_000);
        Path file = Files.write(folder.resolve("in.gz"), Reading.gzip(text));
        assertThat(Reading.all(TextLines.files(List.of(file)), 10).records).hasSize(10_000);
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheLineInTheFile() throws IOException {
        Path file = folder.resolve("in.txt");
        Files.write(file, "one\ntwo\nthr\u00e9\nfour".getBytes(StandardCharsets.ISO_8859_1));
        for (long splitBytes : new long[] {3, 5, 100}) {
            assertThatThrownBy(() -> Reading.all(TextLines.files(List.of(file)), splitBytes))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("in.txt, line 3: it is not UTF-8");
        }
        Files.writeString(file, "a real \ufffd is fine");
        assertThat(Reading.all(TextLines.files(List.of(file))).records).hasSize(1);
    }

    @Test
    void jsonObjectsBecomeRecords() throws IOException {
        Path file = write("in.jsonl", """
                {"user":"a","count":9007199254740993,"share":0.5,"seen":true,"tags":["x","y"],"more":{}}

                {"user":"b","count":1,"share":1,"tags":[]}
                """);
        assertThat(Reading.all(JsonLines.files(List.of(file)).as(Event.class)).records)
                .containsExactly(
                        new Event("a", 9007199254740993L, 0.5, Optional.of(true), List.of("x", "y")),
                        new Event("b", 1, 1.0, Optional.empty(), List.of()));
    }

    @Test
    void jsonNumbersAreExact() throws IOException {
        Path file = write("in.jsonl", "{\"n\":1.10,\"m\":12345678901234567890.123456789}");
        JsonRow row = Reading.all(JsonLines.files(List.of(file)).rows()).records.get(0);
        assertThat(row.object().get("n").decimalValue()).hasToString("1.10");
        assertThat(row.object().get("m").decimalValue()).hasToString("12345678901234567890.123456789");
        assertThat(row.line()).isEqualTo(1);
    }

    @Test
    void badJsonIsNamedWithItsPlace() throws IOException {
        for (String bad : List.of("{\"user\":", "[1]", "{} {}", "{\"a\":1,\"a\":2}", "nonsense")) {
            Path file = write("in.jsonl", "{\"a\":1}\n" + bad + "\n");
            assertThatThrownBy(() -> Reading.all(JsonLines.files(List.of(file)).rows()))
                    .as(bad)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("in.jsonl, line 2: it is ");
        }
        Path file = write("in.jsonl", "{\"user\":\"a\",\"count\":1.5,\"share\":1,\"tags\":[]}");
        assertThatThrownBy(() -> Reading.all(JsonLines.files(List.of(file)).as(Event.class)))
                .hasMessageContaining("line 1: field count is 1.5 and should be an integer of 64 bits.");
        Path missing = write("in.jsonl", "{\"user\":\"a\",\"share\":1,\"tags\":[]}");
        assertThatThrownBy(() -> Reading.all(JsonLines.files(List.of(missing)).as(Event.class)))
                .hasMessageContaining("field count is missing or null.");
    }

    @Test
    void logLinesOfBothFormatsAreRead() throws IOException {
        Path file = write("access.log", """
                10.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a%20b?x=1 HTTP/1.0" 200 2326
                ::1 - - [17/May/2015:10:05:03 +0000] "GET /é HTTP/1.1" 304 - "http://x/" "an \\"agent\\" (1)"
                """);
        assertThat(Reading.all(AccessLog.files(List.of(file))).records)
                .containsExactly(
                        new LogLine(new LogLine.Fields(
                                "10.0.0.1",
                                "frank",
                                Instant.parse("2000-10-10T20:55:36Z"),
                                "GET",
                                "/a%20b?x=1",
                                "HTTP/1.0",
                                200,
                                2326,
                                "",
                                "")),
                        new LogLine(new LogLine.Fields(
                                "::1",
                                "",
                                Instant.parse("2015-05-17T10:05:03Z"),
                                "GET",
                                "/é",
                                "HTTP/1.1",
                                304,
                                -1,
                                "http://x/",
                                "an \\\"agent\\\" (1)")));
    }

    @Test
    void logLinesAreWrittenAsRecordsOfTheirFields() throws IOException {
        Path file = write(
                "access.log",
                "::1 - é [17/May/2015:10:05:03 +0000] \"GET /é HTTP/1.1\" 304 - \"-\" \"an \\\"agent\"\n");
        LogLine line = Reading.all(AccessLog.files(List.of(file))).records.get(0);
        Type<LogLine> type = Type.of(LogLine.class);
        BinaryOut out = new BinaryOut();
        type.write(line, out);
        LogLine read = type.read(new BinaryIn().set(out.array(), 0, out.size()));
        assertThat(read).isEqualTo(line).hasSameHashCodeAs(line).hasToString(line.toString());
        assertThat(read.user()).isEqualTo("é");
        assertThat(type.schema().getFullName()).isEqualTo(LogLine.class.getName());
    }

    @Test
    void malformedLogLinesFailOrAreSkippedAndShown() throws IOException {
        String good = "h - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"\n";
        List<String> bad = List.of(
                "",
                "h",
                "h - - [17/Mai/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1",
                "h - - [31/Feb/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1",
                "h - - [17/May/2015:10:05:03 +0000] \"-\" 400 0",
                "h - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 2x0 1",
                "h - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"cut");
        for (String line : bad) {
            Path file = write("access.log", good + line + "\n" + good);
            assertThatThrownBy(() -> Reading.all(AccessLog.files(List.of(file))))
                    .as(line)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("access.log, line 2: ");
            Reading<LogLine> reading =
                    Reading.all(AccessLog.files(List.of(file)).onBadRecord(BadRecords.skip()), 20);
            assertThat(reading.records).hasSize(2);
            assertThat(reading.bad)
                    .singleElement()
                    .satisfies(record -> assertThat(record.place()).isEqualTo("line 2"));
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
