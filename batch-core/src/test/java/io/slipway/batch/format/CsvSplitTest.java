package io.slipway.batch.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.Source;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSplitTest {

    private static final Pattern LONE_RETURN = Pattern.compile("\\\\r(?!\\\\n)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void filesReadTheSameWhereverTheyAreCut(long seed) throws IOException {
        Random random = new Random(seed);
        for (int round = 0; round < 8; round++) {
            Path file = Files.writeString(folder.resolve("in.csv"), wellFormed(random));
            checkAllSteps(file, seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void anyTextIsReadOrRefusedTheSameWhereverItIsCut(long seed) throws IOException {
        Random random = new Random(seed);
        for (int round = 0; round < 25; round++) {
            byte[] text = anything(random).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(10) == 0 && text.length > 0) {
                text[random.nextInt(text.length)] = (byte) 0xff;
            }
            checkAllSteps(Files.write(folder.resolve("in.csv"), text), seed);
        }
    }

    @Test
    void aLargeFileIsCut() throws IOException {
        StringBuilder text = new StringBuilder("\ufeffa,b\n");
        for (int i = 0; i < 100_000; i++) {
            text.append(i).append(i % 100 == 0 ? ",\"x\n\"\"\r\ny\"\n" : ",z\r\n");
        }
        Path file = Files.writeString(folder.resolve("in.csv"), text);
        Source<CsvRow> source = Csv.files(List.of(file)).rows();
        assertThat(source.splits(10_000).size()).isGreaterThan(50);
        assertThat(described(file, source, 10_000)).isEqualTo(described(file, source, Long.MAX_VALUE));
    }

    @Test
    void aFileWithAQuoteInAnUnquotedFieldIsReadWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("in.csv"), "a\n5\" disk\n\"x\ny\"\n\"z\n\"\n1\n2\n3\n");
        Source<CsvRow> source = Csv.files(List.of(file)).rows();
        assertThat(source.splits(1)).hasSize(1);
        assertThat(Reading.all(source, 1).records).hasSize(6);
    }

    private void checkAllSteps(Path file, long seed) throws IOException {
        for (Csv csv : List.of(
                Csv.files(List.of(file)),
                Csv.files(List.of(file)).onBadRecord(BadRecords.skip()),
                Csv.files(List.of(file)).noHeader().onBadRecord(BadRecords.skip()))) {
            String whole = described(file, csv.rows(), Long.MAX_VALUE);
            // The parser reads ahead, so that what is not UTF-8 is found before what is wrong in the records before it.
            boolean isEncoded = !whole.contains("not UTF-8");
            long size = Files.size(file);
            for (long step = 1; step <= size; step += 1 + step / 8) {
                String cut = described(file, csv.rows(), step);
                assertThat(isEncoded ? cut : cut.startsWith("[") ? cut : whole)
                        .as("seed %d, steps of %d of %s", seed, step, escaped(file))
                        .isEqualTo(whole);
            }
        }
    }

    private static String escaped(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }

    /** All rows with their lines, and the bad ones; or why there are none. */
    private static String described(Path file, Source<CsvRow> source, long splitBytes) throws IOException {
        String found;
        try {
            Reading<CsvRow> reading = Reading.all(source, splitBytes);
            found = reading.records + " bad " + reading.bad;
        } catch (InvalidInputException e) {
            found = e.getMessage();
        }
        // The parser takes a line feed for the end of a carriage return that is somewhere before it in the same quotes.
        boolean hasLoneReturn = LONE_RETURN.matcher(escaped(file)).find();
        return hasLoneReturn ? found.replaceAll("line[ =][0-9]+", "a line") : found;
    }

    private static String wellFormed(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\ufeff" : "");
        text.append(random.nextInt(4) == 0 ? "\r\n\n" : "").append("a,\"b\"\"\n\",c\n");
        int rows = random.nextInt(12);
        for (int i = 0; i < rows; i++) {
            int columns = random.nextInt(20) == 0 ? 2 : 3;
            for (int j = 0; j < columns; j++) {
                text.append(j == 0 ? "" : ",").append(field(random));
            }
            text.append(i == rows - 1 && random.nextBoolean() ? "" : end(random));
        }
        return text.toString();
    }

    private static String field(Random random) {
        if (random.nextBoolean()) {
            return "xé7 ".substring(0, random.nextInt(5));
        }
        StringBuilder field = new StringBuilder("\"");
        for (int i = random.nextInt(6); i > 0; i--) {
            field.append(List.of("\"\"", "\n", "\r\n", ",", "é", "y").get(random.nextInt(6)));
        }
        return field.append('"').toString();
    }

    private static String end(Random random) {
        return List.of("\n", "\r\n", "\n\n", "\n").get(random.nextInt(4));
    }

    private static String anything(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(List.of("\"", "\n", "\r", ",", "a", "bc", "\"x\"", ",\"\n\"", "\n1,2")
                    .get(random.nextInt(9)));
        }
        return text.toString();
    }
}
