package io.slipway.cli;

import static io.slipway.cli.KafkaFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.catalog.VersionState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions over a real broker, from the command that publishes to what readers get. */
class KafkaServeTest {

    private static final int ROWS = 500;

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
                                Stream.of("id,name,count"),
                                IntStream.range(0, ROWS).mapToObj(i -> "key-" + i * 7 % ROWS + ",name " + i + "," + i))
                        .toArray(String[]::new));
    }

    @Test
    void bothRoutesGiveTheSameDigestAndTheSameReplies() {
        Outcome overKafka = fixture.publish("k", input, "--partitions", "3");
        assertThat(fixture.repository())
                .as("the batch side needs no repository")
                .doesNotExist();
        Outcome asFiles = fixture.publishFiles("s", input, "--partitions", "3");

        assertThat(overKafka.json().get("digest")).isEqualTo(asFiles.json().get("digest"));
        assertThat(overKafka.json().get("route").asText()).isEqualTo("kafka");
        assertThat(overKafka.json().fieldNames())
                .toIterable()
                .containsExactlyElementsOf(() -> asFiles.json().fieldNames());
        try (AllInOne server = fixture.serve()) {
            fixture.awaitState("k", 1, VersionState.CURRENT);
            fixture.awaitState("s", 1, VersionState.CURRENT);
            await().atMost(PATIENCE)
                    .until(() -> fixture.get(server, "k", "key-1").statusCode() == 200
                            && fixture.get(server, "s", "key-1").statusCode() == 200);
            for (int i = 0; i < ROWS; i++) {
                assertThat(fixture.get(server, "k", "key-" + i).body())
                        .as("key-%d", i)
                        .isEqualTo(fixture.get(server, "s", "key-" + i).body());
            }
        }
    }

    @Test
    void aDeltaIsSwappedInRolledBackAndItsTopicDeletedWithItsRetirement() {
        fixture.publish("k", input);
        Path changes = fixture.file("delta.csv", "id,name,count,gone", "key-1,changed,9,", "key-2,,,true");
        try (AllInOne server = fixture.serve()) {
            fixture.awaitState("k", 1, VersionState.CURRENT);
            await().atMost(PATIENCE)
                    .until(() -> fixture.publish("k", changes, "--delta", "--delete-marker", "gone")
                                    .code()
                            == 0); // The base is known as soon as the controller has told of it.

            fixture.awaitState("k", 2, VersionState.CURRENT);
            await().atMost(PATIENCE)
                    .until(() -> fixture.get(server, "k", "key-2").statusCode() == 404);
            assertThat(fixture.get(server, "k", "key-1").body()).contains("changed");
            assertThat(fixture.get(server, "k", "key-3").statusCode()).isEqualTo(200);

            fixture.operate("rollback", "k");
            await().atMost(PATIENCE)
                    .until(() -> fixture.get(server, "k", "key-2").statusCode() == 200);
            assertThat(fixture.get(server, "k", "key-1").body()).doesNotContain("changed");

            fixture.operate("retire", "k", "2");
            await().atMost(PATIENCE).until(() -> !fixture.hasTopic("k", 2));
            assertThat(fixture.hasTopic("k", 1)).as("what readers read").isTrue();
            assertThat(fixture.ledger("k")).as("claims and decisions stay").hasSize(2);
        }
    }

    @Test
    void changingTheRouteGoesOnWithTheNumbersAndRefusesTheOther() {
        fixture.publishFiles("d", input);
        try (AllInOne server = fixture.serve()) {
            fixture.awaitState("d", 1, VersionState.CURRENT);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(fixture.publish("d", input).err())
                            .contains("is published over sst, not over kafka", "setting `route`"));
            fixture.operate("dataset", "set", "d", "route=kafka");
            assertThat(fixture.publishFiles("d", input).err()).contains("is published over kafka, not as SST files");
            await().atMost(PATIENCE).until(() -> fixture.publish("d", input).code() == 0);
            fixture.awaitState("d", 2, VersionState.CURRENT);

            fixture.operate("dataset", "set", "d", "route=sst");
            Outcome third = fixture.publishFiles("d", input);
            assertThat(third.json().get("version").asLong()).isEqualTo(3);
            fixture.awaitState("d", 3, VersionState.CURRENT);
            assertThat(fixture.get(server, "d", "key-1").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whilePublishWaitsTheVersionBecomesCurrent() {
        try (AllInOne server = fixture.serve()) {
            Outcome outcome = fixture.publish(
                    "k", input, "--wait", "--repository", fixture.repository().toString());

            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.err()).contains("Version 1 of k is current.");
            assertThat(server.readsUri()).isNotNull();
        }
    }

    @Test
    void aClusterThatIsAwayKeepsNobodyFromTheVersionsOfTheRepository() {
        fixture.publishFiles("s", input);
        long start = System.nanoTime();
        try (AllInOne server = fixture.serve(KafkaSettings.of("127.0.0.1:1"))) {
            fixture.awaitState("s", 1, VersionState.CURRENT);
            await().atMost(PATIENCE)
                    .until(() -> fixture.get(server, "s", "key-1").statusCode() == 200);
            fixture.publishFiles("s", input);
            fixture.awaitState("s", 2, VersionState.CURRENT);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    }
}
