package io.slipway.cli;

import static io.slipway.cli.PublishFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.model.catalog.CatalogJson;
import io.slipway.model.catalog.Change;
import io.slipway.serving.NodeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gates hold, through the real command, controller, node and files; each test on a dataset of its own. */
class GatesCommandTest {

    private static final int ROWS = 100;
    private static final AtomicInteger FILES = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static AllInOne server;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void serve() {
        server = AllInOne.start(
                folder.resolve("repository"),
                NodeSettings.of(folder.resolve("data")).withPorts(0, 0).withBindAddresses("127.0.0.1", "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aVersionWithThirtyPercentOfItsRecordsGoneIsHeldUntilItIsApproved() {
        publishGood("rows");

        Outcome held = publish("rows", 70, GatesCommandTest::good);

        assertHeldUntilApproved("rows", held, "The records fell by 30%, from 100 to 70; the limit is 20%.");
    }

    @Test
    void aVersionWithAFieldGoneNullIsHeldUntilItIsApproved() {
        publishGood("nulls");

        Outcome held = publish("nulls", ROWS, i -> price(i) + ",");

        assertHeldUntilApproved(
                "nulls", held, "The share of nulls in city rose by 99 points, from 1% to 100%; the limit is 10%.");
    }

    @Test
    void aVersionWithAShiftedMeanIsHeldUntilItIsApproved() {
        set("means", "gate.mean.drift=10%");
        publishGood("means");

        Outcome held = publish("means", ROWS, i -> (price(i) + 2) + "," + city(i));

        assertHeldUntilApproved(
                "means", held, "The mean of price moved by 22.2222% of its scale, from 4.5 to 6.5; the limit is 10%.");
    }

    @Test
    void aVersionWhoseCanariesFailIsHeldUntilItIsApproved() {
        set("canaries", "gate.canary=k1: city = \"c1\"; k7 exists; zzz absent; k2: price >= 1");
        publishGood("canaries");

        Outcome held = publish("canaries", ROWS, i -> i == 1 ? price(i) + ",Paris" : i == 2 ? "0," + city(i) : good(i));

        assertHeldUntilApproved(
                "canaries",
                held,
                "Of 4 canaries 2 failed: k1: city = \"c1\" (it is \"Paris\"); k2: price >= 1 (it is 0).");
    }

    @Test
    void aVersionOfWhichTooManyValuesChangedIsHeldUntilItIsApproved() {
        set("changes", "gate.changed=5%");
        publishGood("changes");

        Outcome held = publish("changes", ROWS, i -> i % 10 == 3 ? price(i) + ",Paris" : good(i));

        assertHeldUntilApproved(
                "changes",
                held,
                "Of 100 keys of the current version 10% would answer something else: 10 have another value and 0 are"
                        + " gone (0% of the new version's keys are added); the limit is 5%.");
    }

    /** The publish ended with 3, readers read version 1; approving has them read version 2, and is on record. */
    private void assertHeldUntilApproved(String dataset, Outcome held, String reason) {
        assertThat(held.code()).as(held.err()).isEqualTo(3);
        assertThat(held.err()).contains("Version 2 of " + dataset + " is held: " + reason);
        assertThat(version(dataset, 2).path("state").asText()).isEqualTo("HELD");
        assertThat(version(dataset, 2).path("reason").asText()).isEqualTo(reason);
        assertThat(versionRead(dataset)).isEqualTo("1");

        Outcome approved = execute(
                "approve", dataset, "2", "--server", server.adminUri().toString(), "--reason", "checked by hand");

        assertThat(approved.code()).as(approved.err()).isZero();
        await().atMost(Duration.ofSeconds(20)).until(() -> versionRead(dataset).equals("2"));
        assertThat(version(dataset, 2).path("approval").path("why").asText()).isEqualTo("checked by hand");
        assertThat(execute("versions", dataset, "--gates", "--repository", repository())
                        .out())
                .contains("HELD", reason, "Version 2 was approved by " + Operator.name() + " at ", "checked by hand");
        assertThat(history())
                .filteredOn(change -> change.what().equals("approve version 2 of " + dataset))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.who()).isEqualTo(Operator.name());
                    assertThat(change.why()).isEqualTo("checked by hand");
                });
    }

    @Test
    void noReaderEverSeesAVersionWhoseCanaryFails() throws InterruptedException {
        set("watched", "gate.canary=k1: city = \"c1\"");
        publishGood("watched");
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!over.get()) {
                HttpResponse<String> reply = lookUp("watched", "k1");
                seen.add(reply.statusCode() + " " + header(reply) + " " + reply.body());
            }
        });
        reader.start();
        try {
            for (int i = 0; i < 2; i++) {
                int run = i;
                assertThat(publish("watched", ROWS, row -> row == 1 ? run + ",Paris" : good(row))
                                .code())
                        .isEqualTo(3);
            }
            assertThat(lookUp("watched", "k1", "?version=3").statusCode()).isEqualTo(410);
        } finally {
            over.set(true);
            reader.join();
        }
        assertThat(seen).hasSizeGreaterThan(10);
        assertThat(seen)
                .allSatisfy(reply -> assertThat(reply).startsWith("200 1 ").contains("\"c1\""));
        assertThat(publish("watched", ROWS, i -> i == 5 ? "7,Rome" : good(i)).code())
                .as("a good one goes past them")
                .isZero();
        assertThat(versionRead("watched")).isEqualTo("4");
    }

    @Test
    void canariesHoldAFirstPublicationToo() {
        set("first", "gate.canary=k1: town = \"c1\"");

        Outcome held = publish("first", ROWS, GatesCommandTest::good);

        assertThat(held.code()).isEqualTo(3);
        assertThat(held.err()).contains("the value has no field 'town'; it has price, city");
        assertThat(lookUp("first", "k1").statusCode()).isEqualTo(503);
    }

    @Test
    void ofADeltaTheResultIsJudged() {
        set("delta", "gate.canary=k1: city = \"c1\"; k9 exists");
        publishGood("delta");
        assertThat(publishDelta("delta", "gone,k200", "gone,k201", "gone,k202", "put,k3,7,Rome")
                        .code())
                .as("deletes of keys that there are not")
                .isZero();
        assertThat(version("delta", 2).path("resultRecords").asLong()).isEqualTo(ROWS);

        Outcome shrunken = publishDelta(
                "delta", IntStream.range(60, 90).mapToObj(i -> "gone,k" + i).toArray(String[]::new));
        assertThat(shrunken.code()).isEqualTo(3);
        assertThat(shrunken.err()).contains("The records fell by 30%, from 100 to 70; the limit is 20%.");

        Outcome canary = publishDelta("delta", "gone,k9");
        assertThat(canary.code()).isEqualTo(3);
        assertThat(canary.err()).contains("Of 2 canaries 1 failed: k9 exists (there is no such key).");
        assertThat(versionRead("delta")).isEqualTo("2");
    }

    @Test
    void whatWasFoundInTheRecordsIsInTheJsonAndOverRest() throws IOException {
        set("shown", "gate.canary=k1 exists", "gate.changed=50%", "gate.changed.sample=100");
        publishGood("shown");
        assertThat(publish("shown", ROWS, GatesCommandTest::good).code()).isZero();

        JsonNode overRest = new ObjectMapper()
                .readTree(send(server.adminUri().resolve("/v1/datasets/shown/versions"))
                        .body())
                .get(0)
                .path("dataGates");

        assertThat(overRest).isEqualTo(version("shown", 2).path("dataGates"));
        assertThat(overRest.path("against").asLong()).isEqualTo(1);
        assertThat(overRest.path("results").findValuesAsText("gate")).containsExactly("canary", "changed");
        assertThat(overRest.path("results").get(1).path("measured").asDouble()).isZero();
        assertThat(overRest.path("results").get(1).path("limit").asDouble()).isEqualTo(50);
        assertThat(version("shown", 1).path("dataGates").path("results").findValuesAsText("gate"))
                .as("of a first publication")
                .containsExactly("canary");
    }

    @Test
    void aCanaryThatCannotBeReadIsRefusedWithItsPlace() {
        Outcome refused =
                execute("dataset", "set", "d", "--repository", repository(), "gate.canary=k1: price > many; k2 exists");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("Setting gate.canary: In the canary 'k1: price > many', at character 13, a value in JSON is"
                        + " expected, and there is 'many'. Put text in double quotes.");
    }

    private static void set(String dataset, String... settings) {
        String[] arguments = Stream.concat(
                        Stream.of("dataset", "set", dataset, "--repository", repository()), Stream.of(settings))
                .toArray(String[]::new);
        assertThat(execute(arguments).code()).isZero();
    }

    private static void publishGood(String dataset) {
        Outcome published = publish(dataset, ROWS, GatesCommandTest::good);
        assertThat(published.code()).as(published.err()).isZero();
    }

    /** Prices from 0 to 9, one city that is null. */
    private static String good(int row) {
        return price(row) + "," + city(row);
    }

    private static int price(int row) {
        return row % 10;
    }

    private static String city(int row) {
        return row == 0 ? "" : "c" + row % 7;
    }

    private static Outcome publish(String dataset, int rows, IntFunction<String> value) {
        Stream<String> lines = IntStream.range(0, rows).mapToObj(i -> "k" + i + "," + value.apply(i));
        return publish(dataset, Stream.concat(Stream.of("id,price,city"), lines));
    }

    /** Changes as {@code gone,KEY} and {@code put,KEY,PRICE,CITY}. */
    private static Outcome publishDelta(String dataset, String... changes) {
        Stream<String> lines = Stream.of(changes)
                .map(change -> change.split(",", 2))
                .map(change -> change[0].equals("gone") ? change[1] + ",,,true" : change[1] + ",false");
        return publish(
                dataset, Stream.concat(Stream.of("id,price,city,gone"), lines), "--delta", "--delete-marker", "gone");
    }

    private static Outcome publish(String dataset, Stream<String> lines, String... options) {
        Path input = write(lines.toList());
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "publish", "--repository", repository(), "--dataset", dataset, "--key", "id", "--wait"),
                        Stream.of(options))
                .toList();
        return execute(Stream.concat(
                        arguments.stream(),
                        Stream.of("--scratch", folder.resolve("scratch").toString(), "--input", input.toString()))
                .toArray(String[]::new));
    }

    private static Path write(List<String> lines) {
        try {
            return Files.write(folder.resolve("input-" + FILES.incrementAndGet() + ".csv"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode version(String dataset, long number) {
        JsonNode all = execute("versions", dataset, "--repository", repository(), "--json")
                .json();
        for (JsonNode version : all) {
            if (version.path("version").asLong() == number) {
                return version;
            }
        }
        throw new AssertionError("There is no version " + number + " in " + all);
    }

    /** Every change of the catalog that is kept. */
    private static List<Change> history() {
        try (Stream<Path> files = Files.list(Path.of(repository(), "catalog"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(GatesCommandTest::change)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Change change(Path catalog) {
        try {
            return CatalogJson.readChange(catalog.toString(), Files.readAllBytes(catalog));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String versionRead(String dataset) {
        return header(lookUp(dataset, "k1"));
    }

    private static String header(HttpResponse<String> reply) {
        return reply.headers().firstValue("Slipway-Version").orElse("none");
    }

    private HttpResponse<String> lookUp(String dataset, String key, String... query) {
        return send(server.readsUri().resolve("/v1/datasets/" + dataset + "/records/" + key + String.join("", query)));
    }

    private HttpResponse<String> send(URI uri) {
        try {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String repository() {
        return folder.resolve("repository").toString();
    }
}
