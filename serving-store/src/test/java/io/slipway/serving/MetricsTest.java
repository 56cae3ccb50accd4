package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.model.VersionId;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.serving.admin.AdminServer;
import io.slipway.testkit.Exposition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads of a node. */
class MetricsTest {

    private static final String RECORD = "/v1/datasets/airports/records/LAX";

    @TempDir
    private Path temporary;

    private TestRepository repository;
    private VersionId one;
    private TestNode node;
    private AdminServer admin;

    @BeforeEach
    void publish() {
        repository = new TestRepository(temporary.resolve("repository"));
        one = repository.publish("airports", Map.of("LAX", "Los Angeles"));
        repository.swap(one);
        serve(UnaryOperator.identity());
    }

    private void serve(UnaryOperator<NodeSettings> change) {
        node = TestNode.start(repository, change.apply(TestNode.settings(temporary.resolve("data"))));
        node.awaitServed(one);
        admin = AdminServer.start(node.settings(), node.node(), node.metrics(), List.of(), InstantSource.system());
    }

    @AfterEach
    void stop() {
        admin.close();
        node.close();
    }

    @Test
    void countsOfADatasetOnlyRiseWhenItsVersionsAreSwapped() {
        node.get(RECORD);
        node.get("/v1/datasets/airports/records/nope");
        Exposition before = metrics();
        VersionId two = repository.publish("airports", Map.of("LAX", "two", "JFK", "two"));
        repository.swap(two);
        node.awaitServed(two);
        node.get(RECORD);
        repository.swap(one);
        node.awaitServed(one);
        node.get(RECORD);
        Exposition after = metrics();

        assertThat(hits(before)).isEqualTo(1);
        assertThat(hits(after)).isEqualTo(3);
        assertThat(after.value(
                        "slipway_lookup_requests_total", "dataset", "airports", "kind", "record", "status", "2xx"))
                .isEqualTo(3);
        assertThat(after.value(
                        "slipway_lookup_requests_total", "dataset", "airports", "kind", "record", "status", "4xx"))
                .isEqualTo(1);
        assertThat(after.value("slipway_lookup_duration_seconds_count", "dataset", "airports", "kind", "record"))
                .isEqualTo(4);
        assertThat(after.value("slipway_dataset_swaps_total", "dataset", "airports"))
                .isEqualTo(before.value("slipway_dataset_swaps_total", "dataset", "airports") + 2);
        assertThat(after.value("slipway_dataset_swap_delay_seconds", "dataset", "airports"))
                .isBetween(0.0, 10.0);
        assertThat(after.value("slipway_stagings_total", "dataset", "airports", "result", "staged"))
                .isEqualTo(2);
        before.samples().stream()
                .filter(sample -> sample.name().endsWith("_total"))
                .forEach(sample -> assertThat(after.value(sample.name(), flat(sample.labels())))
                        .as(sample.toString())
                        .isGreaterThanOrEqualTo(sample.value()));
    }

    private static double hits(Exposition metrics) {
        return metrics.value("slipway_lookup_keys_total", "dataset", "airports", "kind", "record", "result", "hit");
    }

    private static String[] flat(Map<String, String> labels) {
        return labels.entrySet().stream()
                .flatMap(label -> List.of(label.getKey(), label.getValue()).stream())
                .toArray(String[]::new);
    }

    @Test
    void versionsAreShownWithTheirSizesAndTimes() {
        VersionId two = repository.publish("airports", Map.of("LAX", "two", "JFK", "two"));
        VersionId three = repository.publish("airports", Map.of("LAX", "three"));
        repository.swap(two);
        repository.stage(three);
        node.awaitServed(two);
        node.awaitPhase(three, Phase.STAGED);
        Exposition metrics = metrics();

        assertThat(metrics.value("slipway_dataset_version", "dataset", "airports"))
                .isEqualTo(2);
        assertThat(metrics.value("slipway_dataset_records", "dataset", "airports"))
                .isEqualTo(2);
        assertThat(metrics.value("slipway_dataset_bytes", "dataset", "airports"))
                .isPositive();
        assertThat(metrics.value("slipway_dataset_disk_bytes", "dataset", "airports"))
                .isGreaterThan(metrics.value("slipway_dataset_bytes", "dataset", "airports"));
        for (String state : List.of("current", "retained", "staged")) {
            assertThat(metrics.value("slipway_dataset_versions", "dataset", "airports", "state", state))
                    .as(state)
                    .isEqualTo(1);
        }
        double now = System.currentTimeMillis() / 1000.0;
        for (String time : List.of("committed", "swapped")) {
            assertThat(metrics.value("slipway_dataset_" + time + "_timestamp_seconds", "dataset", "airports"))
                    .isBetween(now - 60, now);
        }
        assertThat(metrics.value("slipway_staging_fetched_bytes_total", "route", "sst"))
                .isEqualTo(metrics.value("slipway_dataset_disk_bytes", "dataset", "airports"));
        assertThat(metrics.value("slipway_open_databases")).isEqualTo(3);
    }

    @Test
    void namesThatClientsMakeUpMakeNoLabels() {
        Exposition before = metrics();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String name = Long.toString(random.nextLong(Long.MAX_VALUE), 36);
            node.get("/v1/datasets/" + name + "/records/x");
            node.get("/v1/datasets/d-" + name);
            node.get("/" + name);
            node.send(("M" + name).toUpperCase(java.util.Locale.ROOT), RECORD);
            node.post("/v1/datasets/" + name + "/records:batchGet", "{\"keys\":[\"x\"]}");
            node.post("/v1/batchGet", "{\"datasets\":[{\"dataset\":\"" + name + "\",\"keys\":[\"x\"]}]}");
        }
        Exposition after = metrics();
        assertThat(series(after)).as("seed " + seed).isEqualTo(series(before));
        assertThat(after.value("slipway_lookup_problems_total", "problem", "dataset-not-found"))
                .isGreaterThanOrEqualTo(800);
        assertThat(after.value("slipway_lookup_requests_total", "dataset", "-", "kind", "record", "status", "4xx"))
                .isEqualTo(200);
    }

    /** All that are not about the JVM, whose own come and go. */
    private static List<String> series(Exposition metrics) {
        return metrics.samples().stream()
                .filter(sample -> sample.name().startsWith("slipway_"))
                .map(sample -> sample.name() + sample.labels())
                .sorted()
                .toList();
    }

    @Test
    void limitsThatAreExceededAndRequestsThatAreNotUnderstoodAreCounted() throws IOException {
        stop();
        serve(settings -> settings.withReads(reads -> reads.withBatchKeys(1)));
        node.post("/v1/datasets/airports/records:batchGet", "{\"keys\":[\"LAX\",\"x\"]}");
        node.raw("GET " + RECORD + "%zz HTTP/1.1", "");
        node.raw("nonsense", "");
        Exposition metrics = metrics();
        assertThat(metrics.value("slipway_lookup_problems_total", "problem", "too-many-keys"))
                .isEqualTo(1);
        assertThat(metrics.value("slipway_lookup_problems_total", "problem", "overloaded"))
                .isZero();
        assertThat(metrics.value("slipway_lookup_problems_total", "problem", "bad-request"))
                .isPositive();
        assertThat(metrics.value("slipway_lookup_requests_total", "dataset", "-", "kind", "other", "status", "4xx"))
                .isPositive();
        await().until(() -> metrics().value("slipway_lookup_in_flight_requests") == 0);
    }

    @Test
    void aBatchOfSeveralDatasetsCountsKeysForEach() {
        VersionId cities = repository.publish("cities", Map.of("a", "b"));
        repository.swap(cities);
        node.awaitServed(cities);
        node.post(
                "/v1/batchGet",
                "{\"datasets\":[{\"dataset\":\"airports\",\"keys\":[\"LAX\",\"x\"]},"
                        + "{\"dataset\":\"cities\",\"keys\":[\"a\"]}]}");
        Exposition metrics = metrics();
        for (String dataset : List.of("airports", "cities")) {
            assertThat(metrics.value("slipway_lookup_keys_total", "dataset", dataset, "kind", "batch", "result", "hit"))
                    .isEqualTo(1);
        }
        assertThat(metrics.value("slipway_lookup_keys_total", "dataset", "airports", "kind", "batch", "result", "miss"))
                .isEqualTo(1);
    }

    @Test
    void stagingsThatFailAreCounted() throws IOException {
        VersionId bad = repository.publish("airports", Map.of("LAX", "bad"));
        Files.delete(repository.firstFile(bad));
        repository.stage(bad);
        node.awaitPhase(bad, Phase.REFUSED);
        Exposition metrics = metrics();
        assertThat(metrics.value("slipway_stagings_total", "dataset", "airports", "result", "refused"))
                .isEqualTo(1);
        assertThat(metrics.value("slipway_dataset_versions", "dataset", "airports", "state", "refused"))
                .isEqualTo(1);
        assertThat(metrics.value("slipway_ready")).isEqualTo(1);
    }

    @Test
    void aNodeThatIsCutOffFromTheRepositoryIsSeenByTheTimeOfItsLastCatalog() throws IOException {
        await().until(() -> lastRead() > 0);
        double first = lastRead();
        await().until(() -> lastRead() > first);
        Files.move(repository.folder(), temporary.resolve("moved"));
        node.node().look().join();
        double last = lastRead();
        node.node().look().join();
        node.node().look().join();
        assertThat(lastRead()).isEqualTo(last);
        assertThat(node.get(RECORD).statusCode()).isEqualTo(200);
    }

    private double lastRead() {
        return metrics().value("slipway_catalog_read_timestamp_seconds");
    }

    @Test
    void theStoragesFiguresAreThere() {
        node.get(RECORD);
        node.get(RECORD);
        Exposition metrics = metrics();
        assertThat(metrics.value("slipway_block_cache_size_bytes")).isEqualTo(8 << 20);
        assertThat(metrics.value("slipway_block_cache_used_bytes")).isPositive();
        assertThat(metrics.value("slipway_block_cache_reads_total", "result", "hit"))
                .isPositive();
        assertThat(metrics.value("slipway_table_readers_bytes")).isPositive();
        assertThat(metrics.value("slipway_disk_free_bytes")).isBetween(1.0, metrics.value("slipway_disk_size_bytes"));
        assertThat(metrics.value("process_open_fds")).isPositive();
    }

    @Test
    void aDatabaseIsNotOpenAnyMoreOnceItsVersionIsRetired() {
        VersionId two = repository.publish("airports", Map.of("LAX", "two"));
        repository.swap(two);
        node.awaitServed(two);
        repository.force(one, io.slipway.model.catalog.VersionState.RETIRED);
        node.node().nudge();
        await().until(() -> metrics().value("slipway_open_databases") == 1);
    }

    private Exposition metrics() {
        URI uri = URI.create("http://127.0.0.1:" + admin.port() + "/metrics");
        try {
            HttpResponse<String> reply = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(reply.statusCode()).isEqualTo(200);
            return Exposition.parse(reply.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
