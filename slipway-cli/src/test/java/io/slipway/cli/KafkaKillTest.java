package io.slipway.cli;

import static io.slipway.cli.KafkaFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.model.catalog.VersionState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills publishers over Kafka with SIGKILL, and looks at what ledger, catalog and readers have of it. */
class KafkaKillTest {

    private static final int ROWS = 100_000;

    @TempDir
    private Path folder;

    private KafkaFixture fixture;
    private Path input;

    @BeforeEach
    void writeInput() {
        fixture = new KafkaFixture(folder);
        input = fixture.file(
                "input.csv",
                Stream.concat(
                                Stream.of("id,count"),
                                IntStream.range(0, ROWS).mapToObj(i -> "key-" + i * 7919L % ROWS + "," + i))
                        .toArray(String[]::new));
    }

    @Test
    void aKilledPublishShowsNothingAndItsRepeatCompletesOnce() {
        killPublishAtMoments(3);
    }

    @Test
    @Tag("long")
    void aKilledPublishShowsNothingAtThirtyMoments() {
        killPublishAtMoments(30);
    }

    private void killPublishAtMoments(int moments) {
        long whole = millisOfAWholePublish();
        int unfinished = 0;
        try (AllInOne server = fixture.serve()) {
            for (int i = 0; i < moments; i++) {
                String dataset = "killed-" + i;
                killPublish(dataset, whole * (i + 1) / (moments + 1));
                boolean isUnfinished = fixture.committed(dataset).isEmpty();
                unfinished += isUnfinished ? 1 : 0;
                if (isUnfinished) {
                    assertThat(fixture.get(server, dataset, "key-1").statusCode())
                            .as("a read of %s after the kill", dataset)
                            .isIn(404, 503);
                }
                Outcome repeat = publish(dataset);
                Outcome again = publish(dataset);
                assertThat(again.json()).isEqualTo(repeat.json());
                assertThat(fixture.committed(dataset))
                        .as("versions of %s", dataset)
                        .hasSize(1);
                fixture.awaitState(
                        dataset, fixture.committed(dataset).get(0).version().number(), VersionState.CURRENT);
                await().atMost(PATIENCE)
                        .until(() -> fixture.get(server, dataset, "key-1").statusCode() == 200);
                assertThat(fixture.dataset(dataset).versions()).hasSize(1);
            }
        }
        assertThat(unfinished).as("kills before the commit").isPositive();
    }

    private Outcome publish(String dataset) {
        Outcome outcome = PublishFixture.execute(arguments(dataset));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    private long millisOfAWholePublish() {
        long start = System.nanoTime();
        try (SlipwayProcess publish = SlipwayProcess.start(folder, arguments("whole"))) {
            assertThat(publish.exitCode()).as(publish.output()).isZero();
        }
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private void killPublish(String dataset, long millis) {
        try (SlipwayProcess publish = SlipwayProcess.start(folder, arguments(dataset))) {
            publish.awaitEnd(millis);
            publish.kill();
        }
    }

    private String[] arguments(String dataset) {
        return fixture.publishArguments(dataset, input, "--run-id", "night-1", "--partitions", "2");
    }
}
