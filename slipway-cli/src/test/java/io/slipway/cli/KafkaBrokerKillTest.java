package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.cli.PublishFixture.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the broker with SIGKILL while a version is published and while one is ingested, and starts it again. */
class KafkaBrokerKillTest {

    private static final String DATASET = "marked";
    private static final Duration PUBLISH_WITHIN = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    private KillableBroker broker;
    private KafkaFixture fixture;
    private int completed;

    @BeforeEach
    void startBroker() {
        broker = new KillableBroker(folder);
        fixture = new KafkaFixture(folder, broker.address());
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void versionsSurviveABrokerThatIsKilled() throws Exception {
        killTwiceEachRound(1);
    }

    @Test
    @Tag("long")
    void versionsSurviveABrokerThatIsKilledTenTimes() throws Exception {
        killTwiceEachRound(5);
    }

    private void killTwiceEachRound(int rounds) throws Exception {
        long start = System.nanoTime();
        publish(1);
        long whole = Duration.ofNanos(System.nanoTime() - start).toMillis();
        try (AllInOne server = fixture.serve()) {
            MarkedReads served = new MarkedReads(server.readsUri(), server.adminUri());
            served.awaitVersion(DATASET, 1);
            for (int i = 0; i < rounds; i++) {
                long version = 2L * i + 2;
                killDuringPublish(served, version, whole * (i + 1) / (rounds + 1));
                killDuringIngest(served, version + 1, (i + 1.0) / (rounds + 1));
            }
        }
        System.out.printf(
                "%d kills of the broker; %d of %d publishes under way completed%n", 2 * rounds, completed, rounds);
    }

    private void killDuringPublish(MarkedReads served, long version, long millis) throws Exception {
        String[] arguments = arguments(version);
        CompletableFuture<Outcome> publish = CompletableFuture.supplyAsync(() -> PublishFixture.execute(arguments));
        awaitEnd(publish, millis);
        broker.kill();
        CompletableFuture<Void> restart = CompletableFuture.runAsync(broker::startAgain);
        served.readUntil(DATASET, version, restart::isDone);
        restart.get();

        Outcome outcome = publish.get(PUBLISH_WITHIN.toSeconds(), TimeUnit.SECONDS);
        if (outcome.code() == 0) {
            completed++;
        } else {
            assertThat(outcome.err().strip())
                    .startsWith("slipway: ")
                    .endsWith(".")
                    .hasLineCount(1);
            System.out.println(outcome.err());
        }
        publish(version);
        served.awaitVersion(DATASET, version);
        served.checkAll(DATASET, version);
        assertThat(fixture.committed(DATASET)).hasSize((int) version);
    }

    private void killDuringIngest(MarkedReads served, long version, double moment) throws Exception {
        served.limitStaging("6m");
        publish(version);
        served.readUntil(DATASET, version, () -> served.fetched(DATASET, version) >= moment);
        broker.kill();
        served.limitStaging("off");
        CompletableFuture<Void> restart = CompletableFuture.runAsync(broker::startAgain);
        served.readUntil(DATASET, version, restart::isDone);
        restart.get();
        served.awaitVersion(DATASET, version);
        served.checkAll(DATASET, version);
        assertThat(fixture.committed(DATASET)).hasSize((int) version);
    }

    /** Publishes a version, or asks again for the one of the same run. */
    private void publish(long version) {
        Outcome outcome = PublishFixture.execute(arguments(version));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.json().get("version").asLong()).isEqualTo(version);
    }

    private String[] arguments(long version) {
        Path input = fixture.file("input-" + version + ".csv", MarkedReads.lines(version));
        return fixture.publishArguments(DATASET, input, "--run-id", "night-" + version, "--partitions", "2");
    }

    private static void awaitEnd(CompletableFuture<Outcome> publish, long millis)
            throws InterruptedException, ExecutionException {
        try {
            Outcome unused = publish.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It is under way, as it should be.
        }
    }
}
