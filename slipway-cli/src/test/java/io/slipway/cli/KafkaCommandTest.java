package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.kafka.ledger.LedgerVersion;
import io.slipway.model.catalog.VersionState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command's options for Kafka do and refuse. */
class KafkaCommandTest {

    private static final Pattern ADDRESS = Pattern.compile("broker at (127\\.0\\.0\\.1:\\d+)");

    @TempDir
    private Path folder;

    private KafkaFixture fixture;
    private Path input;

    @BeforeEach
    void writeInput() {
        fixture = new KafkaFixture(folder);
        input = fixture.file("input.csv", "id,name", "a,Anna", "b,Berta", "c,Carla");
    }

    @Test
    void oneRunIsOneVersionHoweverOftenItIsPublished() {
        Outcome first = fixture.publish("k", input, "--run-id", "night-1");
        Outcome again = fixture.publish("k", input, "--run-id", "night-1");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(fixture.ledger("k")).hasSize(1);
    }

    @Test
    void typesAreThoseOfTheVersionThatIsCurrentWithoutARepositoryToo() {
        fixture.publish("k", input);
        try (AllInOne server = fixture.serve()) {
            fixture.awaitState("k", 1, VersionState.CURRENT);
            Path numbers = fixture.file("numbers.csv", "id,name", "a,1", "b,2");

            await().atMost(KafkaFixture.PATIENCE)
                    .untilAsserted(() -> assertThat(fixture.publish("k", numbers, "--dry-run")
                                    .json()
                                    .get("valueSchema")
                                    .toString())
                            .as("what readers read as text stays text")
                            .doesNotContain("long"));
            assertThat(server.readsUri()).isNotNull();
        }
    }

    @Test
    void aDryRunClaimsNothingAndCreatesNoTopic() {
        Outcome outcome = fixture.publish("k", input, "--dry-run", "--partitions", "2");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.json().get("records").asLong()).isEqualTo(3);
        assertThat(outcome.json().get("partitions").asLong()).isEqualTo(2);
        assertThat(outcome.json().get("route").asText()).isEqualTo("kafka");
        assertThat(fixture.ledger("k")).isEmpty();
        assertThat(fixture.hasTopic("k", 1)).isFalse();
    }

    @Test
    void aJobPublishesOverKafkaWithoutARepository() {
        List<String> arguments = new ArrayList<>(List.of("run", RunCommandTest.CountLines.class.getName()));
        arguments.addAll(List.of("--input", input.toString(), "--route", "kafka"));
        arguments.addAll(fixture.cluster());
        Outcome outcome = PublishFixture.execute(arguments.toArray(String[]::new));

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(fixture.ledger("d"))
                .singleElement()
                .extracting(LedgerVersion::isDecided)
                .isEqualTo(true);
    }

    @Test
    void aVersionTopicIsShownWithItsControlRecordsAndState() {
        fixture.publish("k", input, "--run-id", "night-1");

        Outcome words = inspect(fixture.topic("k", 1));
        assertThat(words.code()).as(words.err()).isZero();
        assertThat(words.out()).contains("COMMITTED", "night-1", "START", "data", "records 3", "END", "COMMIT ");

        JsonNode json = inspect(fixture.topic("k", 1), "--json").json();
        assertThat(json.get("state").asText()).isEqualTo("COMMITTED");
        assertThat(json.get("records").findValuesAsText("kind")).containsExactly("START", "data", "END", "COMMIT");
    }

    @Test
    void aTopicThatIsNotThereIsSaidWithWhatTheLedgerKnows() {
        Outcome missing = inspect(fixture.topic("k", 7));
        assertThat(missing.code()).isEqualTo(Failures.FAILED);
        assertThat(missing.err()).contains("There is no topic " + fixture.topic("k", 7));

        Outcome misnamed = inspect("orders");
        assertThat(misnamed.code()).isEqualTo(Failures.FAILED);
        assertThat(misnamed.err()).contains("'orders' is not the name of a version topic");
    }

    @Test
    void wrongUsageSaysWhatIsMissing() {
        refused("--route kafka needs --kafka HOST:PORT", "publish", "--route", "kafka");
        refused("--kafka is for --route kafka", "publish", "--kafka", "a:1");
        refused("'nonsense' does not name brokers", "publish", "--route", "kafka", "--kafka", "nonsense");
        refused("--kafka-config needs --kafka", "serve", "--kafka-config", "x", "--repository", "r");
        refused("--topic NAME --kafka HOST:PORT", "inspect", "--topic", "slipway.k.v1");
        refused("--topic NAME --kafka HOST:PORT", "inspect");
        refused("--port is 70000", "broker", "--port", "70000");
        Outcome waiting = fixture.publish("k", input, "--wait");
        assertThat(waiting.code()).isEqualTo(Failures.WRONG_USAGE);
        assertThat(waiting.err()).contains("--wait", "--repository");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamedSoon() {
        long start = System.nanoTime();
        Outcome outcome = publishAt("127.0.0.1:1");

        assertThat(outcome.code()).isEqualTo(Failures.FAILED);
        assertThat(outcome.err().lines()).singleElement().asString().contains("Kafka at 127.0.0.1:1 cannot be reached");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aBrokerThatIsKilledHasEverythingAgain() {
        Path data = folder.resolve("broker");
        try (SlipwayProcess broker = broker(data)) {
            Outcome outcome = publishAt(address(broker));
            assertThat(outcome.code()).as(outcome.err()).isZero();
            broker.kill();
        }
        try (SlipwayProcess broker = broker(data)) {
            Outcome outcome = PublishFixture.execute("inspect", "--topic", "slipway.k.v1", "--kafka", address(broker));
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.out()).contains("COMMITTED");

            Outcome taken = PublishFixture.execute(
                    "broker",
                    "--data",
                    folder.resolve("other").toString(),
                    "--port",
                    address(broker).split(":")[1]);
            assertThat(taken.code()).isEqualTo(Failures.FAILED);
            assertThat(taken.err().lines()).singleElement().asString().contains("cannot be used", "--port");
        }
    }

    private Outcome publishAt(String address) {
        return PublishFixture.execute(
                "publish",
                "--route",
                "kafka",
                "--kafka",
                address,
                "--dataset",
                "k",
                "--key",
                "id",
                "--input",
                input.toString());
    }

    private SlipwayProcess broker(Path data) {
        return SlipwayProcess.start(folder, "broker", "--port", "0", "--data", data.toString());
    }

    private static String address(SlipwayProcess broker) {
        await().atMost(KafkaFixture.PATIENCE)
                .until(() -> ADDRESS.matcher(broker.output()).find());
        Matcher matcher = ADDRESS.matcher(broker.output());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private Outcome inspect(String topic, String... options) {
        List<String> arguments = new ArrayList<>(List.of("inspect", "--topic", topic));
        arguments.addAll(fixture.cluster());
        arguments.addAll(List.of(options));
        return PublishFixture.execute(arguments.toArray(String[]::new));
    }

    private void refused(String message, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (arguments[0].equals("publish")) {
            all.addAll(List.of("--dataset", "k", "--key", "id", "--input", input.toString()));
        }
        Outcome outcome = PublishFixture.execute(all.toArray(String[]::new));
        assertThat(outcome.err()).contains(message);
        assertThat(outcome.code()).isEqualTo(Failures.WRONG_USAGE);
    }
}
