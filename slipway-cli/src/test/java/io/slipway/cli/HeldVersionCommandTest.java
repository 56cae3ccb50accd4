package io.slipway.cli;

import static io.slipway.cli.PublishFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.serving.NodeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that a gate holds, from the publish to the operator's word, with a node and a controller at work. */
class HeldVersionCommandTest {

    @TempDir
    private Path folder;

    private PublishFixture fixture;
    private AllInOne server;

    @BeforeEach
    void serveAVersionOfTenRecords() {
        fixture = new PublishFixture(folder);
        server = AllInOne.start(
                fixture.repository(),
                NodeSettings.of(folder.resolve("data")).withPorts(0, 0).withBindAddresses("127.0.0.1", "127.0.0.1"));
        assertThat(publish("ten.csv", 10).code()).isZero();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aShrunkenVersionEndsThePublishWithThreeAndIsShownWithTheNumbers() {
        Outcome held = publish("seven.csv", 7);

        assertThat(held.code()).isEqualTo(3);
        assertThat(held.err()).contains("Version 2 of d is held: The records fell by 30%, from 10 to 7");
        assertThat(versions("--gates"))
                .contains("Version 2: The records fell by 30%, from 10 to 7; the limit is 20%.")
                .containsPattern("2 +1 +records\\.drop +HELD +The records fell by 30%")
                .containsPattern("2 +1 +nulls +passed");
        JsonNode gates = version(2).path("gates");
        assertThat(gates.path("against").asLong()).isEqualTo(1);
        assertThat(gates.path("results").findValuesAsText("gate")).contains("records.drop", "schema");
    }

    @Test
    void approveOverRestLetsItThroughAndTheRecordSaysWhoAndWhy() {
        publish("seven.csv", 7);

        Outcome approved =
                execute("approve", "d", "2", "--server", server.adminUri().toString(), "--reason", "fewer & better");

        assertThat(approved.code()).as(approved.err()).isZero();
        assertThat(approved.out()).contains("Version 2 of d is approved.");
        awaitState(2, "CURRENT");
        assertThat(version(2).path("approval").path("why").asText()).isEqualTo("fewer & better");
        assertThat(version(2).path("approval").path("who").asText()).isEqualTo(Operator.name());
        assertThat(versions("--gates")).contains("Version 2 was approved by " + Operator.name(), "fewer & better");
    }

    @Test
    void rejectInTheRepositoryEndsItForEver() {
        publish("seven.csv", 7);

        assertThat(execute("reject", "d", "2", "--repository", repository(), "--reason", "input lost")
                        .code())
                .isZero();
        assertThat(version(2).path("state").asText()).isEqualTo("REJECTED");
        Outcome again =
                execute("approve", "d", "2", "--server", server.adminUri().toString(), "--reason", "no");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("Version 2 of d is REJECTED, not held by a gate");
    }

    @Test
    void aDecisionWithoutAReasonIsWrongUsage() {
        assertThat(execute("approve", "d", "2", "--repository", repository()).code())
                .isEqualTo(2);
        assertThat(execute("reject", "d", "2", "--repository", repository()).code())
                .isEqualTo(2);
    }

    @Test
    void aVersionIsPinnedUnpinnedAndRetiredOverRest() {
        String admin = server.adminUri().toString();
        assertThat(publish("ten again.csv", 10).code()).isZero();

        assertThat(execute("pin", "d", "1", "--server", admin).code()).isZero();
        assertThat(versions()).contains("RETAINED (pinned)");
        Outcome refused = execute("retire", "d", "1", "--server", admin);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("Version 1 of d is pinned");
        assertThat(execute("unpin", "d", "1", "--server", admin).code()).isZero();
        assertThat(execute("retire", "d", "1", "--server", admin, "--reason", "old")
                        .code())
                .isZero();
        assertThat(version(1).path("state").asText()).isEqualTo("RETIRED");
    }

    @Test
    void aDatasetIsDroppedOnlyIfItsNameIsRepeated() {
        String admin = server.adminUri().toString();
        assertThat(execute("drop", "d", "--server", admin).code()).isEqualTo(2);
        assertThat(execute("drop", "d", "--server", admin, "--confirm", "e").code())
                .isEqualTo(2);
        assertThat(version(1).path("state").asText()).isEqualTo("CURRENT");

        Outcome dropped = execute("drop", "d", "--server", admin, "--confirm", "d");

        assertThat(dropped.code()).as(dropped.err()).isZero();
        assertThat(dropped.out()).contains("Dropped d: 1 versions are retired.");
        assertThat(version(1).path("state").asText()).isEqualTo("RETIRED");
        assertThat(publish("three.csv", 3).code()).as("published anew").isZero();
    }

    private Outcome publish(String name, int rows) {
        String[] lines = Stream.concat(
                        Stream.of("id,price"), IntStream.range(0, rows).mapToObj(i -> "k" + i + "," + i))
                .toArray(String[]::new);
        return fixture.publish(fixture.file(name, lines), "--key", "id", "--wait");
    }

    private String versions(String... options) {
        String[] arguments = Stream.concat(Stream.of("versions", "d", "--repository", repository()), Stream.of(options))
                .toArray(String[]::new);
        return execute(arguments).out();
    }

    private JsonNode version(long number) {
        JsonNode all =
                execute("versions", "d", "--repository", repository(), "--json").json();
        for (JsonNode version : all) {
            if (version.path("version").asLong() == number) {
                return version;
            }
        }
        throw new AssertionError("There is no version " + number + " in " + all);
    }

    private void awaitState(long number, String state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(version(number).path("state").asText()).isEqualTo(state));
    }

    private String repository() {
        return fixture.repository().toString();
    }
}
