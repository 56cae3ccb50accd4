package io.slipway.serving.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.TestNode;
import io.slipway.serving.TestRepository;
import io.slipway.serving.access.AccessLogSettings.Paths;
import io.slipway.serving.http.LookupServer;
import io.slipway.serving.metrics.LookupMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the access log says, leaves out and loses. */
@Timeout(60)
class AccessLogTest {

    private static final Instant NOW = Instant.parse("2024-05-06T07:08:09.123456Z");

    @TempDir
    private Path temporary;

    private final LookupMetrics metrics = new LookupMetrics();
    private TestRepository repository;
    private VersionId one;

    /** A target that takes nothing until it is let. */
    private final CountDownLatch letThrough = new CountDownLatch(1);

    @BeforeEach
    void publish() {
        repository = new TestRepository(temporary.resolve("repository"));
        one = repository.publish("airports", Map.of("LAX", "Los Angeles"));
        repository.swap(one);
    }

    @AfterEach
    void letThrough() {
        letThrough.countDown();
    }

    @Test
    void aLineSaysWhatWasAskedByWhomAndWhatBecameOfIt() {
        List<JsonNode> lines = logged(Paths.WITHOUT_KEYS, node -> {
            node.get("/v1/datasets/airports/records/LAX");
            node.send("HEAD", "/v1/datasets/airports/records/LAX");
            node.post("/v1/datasets/airports/records:batchGet", "{\"keys\":[\"LAX\",\"JFK\"]}");
        });
        JsonNode first = lines.get(0);
        assertThat(Instant.parse(first.get("time").asText())).isAfter(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(first.get("client").asText()).isEqualTo("127.0.0.1");
        assertThat(first.get("method").asText()).isEqualTo("GET");
        assertThat(first.get("path").asText()).isEqualTo("/v1/datasets/airports/records");
        assertThat(first.get("dataset").asText()).isEqualTo("airports");
        assertThat(first.get("kind").asText()).isEqualTo("record");
        assertThat(first.get("status").asInt()).isEqualTo(200);
        assertThat(first.get("bytes").asInt()).isEqualTo("\"Los Angeles\"".length());
        assertThat(first.get("micros").asLong()).isPositive();
        assertThat(first.get("version").asLong()).isEqualTo(1);
        assertThat(first.get("catalog").asLong())
                .isEqualTo(repository.catalogs().latest().sequence());
        assertThat(lines.get(1).get("bytes").asInt()).isZero();
        assertThat(lines.get(2).get("kind").asText()).isEqualTo("batch");
        assertThat(lines.get(2).get("path").asText()).isEqualTo("/v1/datasets/airports/records:batchGet");
    }

    @Test
    void keysAreNotLoggedWhereverTheyAre() {
        List<JsonNode> lines = logged(Paths.WITHOUT_KEYS, node -> {
            node.get("/v1/datasets/airports/records/SECRET");
            node.get("/v1/datasets/airports/records/SECRET/records/SECRET");
            node.get("/v1/datasets/airports/records?key=SECRET");
            node.get("/v1/datasets/airports/records?prefix=SECRET");
            node.get("/v1/datasets/airports/record/SECRET");
            node.get("/v1/datasets/SECRET/records/SECRET");
            node.get("/SECRET?SECRET=SECRET");
            raw(node, "GET /v1/datasets/airports/records/SECRET%zz HTTP/1.1");
            raw(node, "GET /v1/datasets/airports/records/" + "SECRET".repeat(4000) + " HTTP/1.1");
        });
        assertThat(lines).hasSize(9).noneMatch(line -> line.toString().contains("SECRET"));
        assertThat(lines.get(8).get("status").asInt()).isBetween(400, 431);
    }

    @Test
    void keysAreLoggedIfThatIsAskedFor() {
        List<JsonNode> lines = logged(Paths.WITH_KEYS, node -> {
            node.get("/v1/datasets/airports/records/LAX");
            node.get("/v1/datasets/airports/records?key=%22LAX%22&version=1");
        });
        assertThat(lines.get(0).get("path").asText()).isEqualTo("/v1/datasets/airports/records/LAX");
        assertThat(lines.get(1).get("path").asText())
                .isEqualTo("/v1/datasets/airports/records?key=%22LAX%22&version=1");
    }

    @Test
    void whatAClientSendsCannotForgeALine() {
        AccessLines lines = new AccessLines(Paths.WITH_KEYS);
        lines.add(new AccessEntry(
                NOW,
                new AccessEntry.Sent(
                        java.net.InetSocketAddress.createUnresolved("x", 0),
                        "GET\"}\n{\"",
                        org.eclipse.jetty.http.HttpURI.build()
                                .path("/a\"\n\u0001")
                                .asImmutable()),
                "",
                io.slipway.serving.metrics.LookupKind.OTHER,
                404,
                0,
                1_234_567,
                0,
                7));
        String text = new String(lines.take(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSize(1);
        JsonNode line = json(text);
        assertThat(line.get("method").asText()).isEqualTo("GET\"}\n{\"");
        assertThat(line.get("path").asText()).isEqualTo("/a\"\n\u0001");
        assertThat(line.get("time").asText()).isEqualTo("2024-05-06T07:08:09.123Z");
        assertThat(line.get("micros").asLong()).isEqualTo(1234);
    }

    @Test
    void requestsDoNotWaitForALogThatCannotBeWrittenAndLostLinesAreCounted() throws Exception {
        int requests = 200;
        NodeSettings settings = TestNode.settings(temporary.resolve("data"));
        try (TestNode node = TestNode.start(repository, settings);
                AccessLog blocked = blocked(10);
                LookupServer server =
                        LookupServer.start(settings, node.node(), metrics, blocked, InstantSource.system())) {
            node.awaitServed(one);
            for (int i = 0; i < requests; i++) {
                assertThat(get(server.port()).statusCode()).isEqualTo(200);
            }
            // The writer has taken between one and ten entries before it was stopped.
            await().until(() -> metrics.lostLines().sum() >= requests - 20);
            letThrough.countDown();
            await().until(() ->
                    metrics.loggedLines().sum() + metrics.lostLines().sum() == requests);
            assertThat(metrics.loggedLines().sum()).isBetween(10L, 20L);
        }
    }

    private AccessLog blocked(int queued) {
        return new AccessLog(Paths.WITHOUT_KEYS, queued, lines -> awaitLetThrough(), metrics, () -> NOW).started();
    }

    private void awaitLetThrough() {
        try {
            letThrough.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpResponse<String> get(int port) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/v1/datasets/airports/records/LAX");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedAtTheStart() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        AccessLogSettings inside =
                AccessLogSettings.OFF.withTarget(file.resolve("log").toString());
        assertThatThrownBy(() -> AccessLog.open(inside, metrics, InstantSource.system()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("access.log");
        assertThatThrownBy(() -> AccessLogSettings.OFF.withTarget("a%d"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a%d");
    }

    @Test
    void withoutALogNothingIsWritten() {
        assertThat(AccessLog.open(AccessLogSettings.OFF, metrics, InstantSource.system())
                        .isOn())
                .isFalse();
    }

    /** What a run of requests leaves in a log, one line for each. */
    private List<JsonNode> logged(Paths paths, java.util.function.Consumer<TestNode> requests) {
        Path log = temporary.resolve("access.log");
        NodeSettings settings = TestNode.settings(temporary.resolve("data"))
                .withAccessLog(off -> off.withTarget(log.toString()).withPaths(paths));
        try (TestNode node = TestNode.start(repository, settings)) {
            node.awaitServed(one);
            requests.accept(node);
        }
        try {
            return Files.readAllLines(log).stream().map(AccessLogTest::json).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void raw(TestNode node, String request) {
        try {
            node.raw(request, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
