package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of 16 MiB in a JVM as the launcher starts it. */
@Tag("long")
class LargeRecordsTest {

    private static final int RECORDS = 12;
    private static final int VALUE_BYTES = (16 << 20) - 100;

    @TempDir
    private Path folder;

    @Test
    void theyPassInTheDefaultMemoryAsCsv() throws IOException {
        Path file = folder.resolve("large.csv");
        write(file, "id,v\n", "%d,%s\n");
        assertThat(publish(file, "256m")).contains("records     " + RECORDS);
    }

    @Test
    void theyPassInTheDefaultMemoryAsJsonLines() throws IOException {
        Path file = folder.resolve("large.jsonl");
        write(file, "", "{\"id\":%d,\"v\":\"%s\"}\n");
        assertThat(publish(file, "256m")).contains("records     " + RECORDS);
    }

    @Test
    void inLessMemoryTheyAreRefusedSayingHowMuchTheyNeed() throws IOException {
        Path file = folder.resolve("large.jsonl");
        write(file, "", "{\"id\":%d,\"v\":\"%s\"}\n");
        assertThat(publish(file, "128m"))
                .contains("With 128 MiB of memory and 2 tasks at once", "Give at least 256 MiB")
                .doesNotContain("Exception");
    }

    private String publish(Path file, String memory) {
        long mebibytes = Long.parseLong(memory.substring(0, memory.length() - 1));
        List<String> options = List.of(
                "-Xmx" + (mebibytes + 96) + "m",
                "-Xmn64m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:ActiveProcessorCount=2",
                "-Dslipway.memory.bytes=" + (mebibytes << 20));
        String repository = folder.resolve("repository").toString();
        String scratch = folder.resolve("scratch").toString();
        try (SlipwayProcess process = SlipwayProcess.start(
                folder,
                options,
                "publish",
                "--repository=" + repository,
                "--scratch=" + scratch,
                "--dataset=d",
                "--key=id",
                "--input=" + file,
                "--memory=" + memory)) {
            process.exitCode();
            return process.output();
        }
    }

    /** Writes records that hardly compress. */
    private static void write(Path file, String head, String record) throws IOException {
        Random random = new Random(16);
        byte[] bytes = new byte[VALUE_BYTES / 2];
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(head);
            for (int i = 0; i < RECORDS; i++) {
                random.nextBytes(bytes);
                out.write(String.format(record, i, HexFormat.of().formatHex(bytes)));
            }
        }
    }
}
