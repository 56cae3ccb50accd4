package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.model.catalog.VersionState;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes a version that is much larger than the node's heap all the way over Kafka, each part in a process of its own. */
class KafkaHeapTest {

    private static final int RECORDS = 5_000_000;
    private static final int LOOKUPS = 1000;
    private static final String DATASET = "large";
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Pattern PEAK_MEMORY = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    /** As the launcher has them for a publish over Kafka with its default memory. */
    private static final List<String> PUBLISHER = List.of(
            "-Xmx532m",
            "-Xmn64m",
            "-XX:MaxDirectMemorySize=244m",
            "-XX:ActiveProcessorCount=2",
            "-Dslipway.memory.bytes=" + (256L << 20));

    private static final List<String> NODE = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=256m");

    @TempDir
    private Path folder;

    @Test
    @Tag("long")
    void fiveMillionRecordsPassThroughANodeWithAHeapOf256Mebibytes() throws IOException {
        try (KillableBroker broker = new KillableBroker(folder)) {
            KafkaFixture fixture = new KafkaFixture(folder, broker.address());
            Path input = writeInput();
            try (NodeProcess node = fixture.serveProcess(NODE)) {
                double published = seconds(() -> publish(fixture, input));
                double served = seconds(() -> await().atMost(PATIENCE)
                        .until(() -> fixture.dataset(DATASET).current().isPresent()));
                fixture.awaitState(DATASET, 1, VersionState.CURRENT);

                for (int i = 0; i < LOOKUPS; i++) {
                    int row = (int) (i * 7_919L * 1_000_003L % RECORDS);
                    JsonNode value = node.served().value(DATASET, "key-" + row);
                    assertThat(value.get("count").asInt()).as("key-%d", row).isEqualTo(row);
                }
                System.out.printf(
                        "%,d records: published in %.1f s, current %.1f s later; the node's memory was %s MiB at most%n",
                        RECORDS, published, served, peakMebibytes(node));
                assertThat(node.process().output()).doesNotContain("OutOfMemory");
            }
            assertThat(versions(fixture).get(0).get("records").asLong()).isEqualTo(RECORDS);
        }
    }

    private Path writeInput() throws IOException {
        Path input = folder.resolve("large.csv");
        try (BufferedWriter out = Files.newBufferedWriter(input)) {
            out.write("id,count,text\n");
            for (int i = 0; i < RECORDS; i++) {
                int row = (int) (i * 7_919L % RECORDS);
                out.write("key-" + row + "," + row + ",text of " + row + "\n");
            }
        }
        return input;
    }

    private void publish(KafkaFixture fixture, Path input) {
        String scratch = folder.resolve("scratch").toString();
        String[] arguments = fixture.publishArguments(DATASET, input, "--memory", "256m", "--scratch", scratch);
        try (SlipwayProcess publish = SlipwayProcess.start(folder, PUBLISHER, arguments)) {
            assertThat(publish.awaitEnd(PATIENCE.toMillis())).isTrue();
            assertThat(publish.exitCode()).as(publish.output()).isZero();
        }
    }

    private static JsonNode versions(KafkaFixture fixture) {
        Outcome outcome = PublishFixture.execute(
                "versions",
                DATASET,
                "--json",
                "--repository",
                fixture.repository().toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome.json();
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    }

    /** What the operating system counted; on one that does not tell, a word that says so. */
    private static String peakMebibytes(NodeProcess node) throws IOException {
        Path status = Path.of("/proc/" + node.process().pid() + "/status");
        if (!Files.exists(status)) {
            return "unknown";
        }
        Matcher matcher = PEAK_MEMORY.matcher(Files.readString(status));
        return matcher.find() ? String.valueOf(Long.parseLong(matcher.group(1)) / 1024) : "unknown";
    }
}
