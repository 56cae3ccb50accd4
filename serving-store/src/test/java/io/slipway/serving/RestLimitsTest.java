package io.slipway.serving;

import static io.slipway.serving.Problems.assertProblem;
import static io.slipway.serving.Problems.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.model.VersionId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens at the limits of requests, and which catalog a request is answered from. */
class RestLimitsTest {

    private static final String BATCH = "/v1/datasets/pages/records:batchGet";

    @TempDir
    private Path temporary;

    private TestRepository repository;
    private VersionId first;

    @BeforeEach
    void publish() {
        repository = new TestRepository(temporary.resolve("repository"));
        first = repository.publish("pages", Map.of("a", "1", "b", "x".repeat(1000)));
        repository.swap(first);
    }

    @Test
    void aKeyThatIsTooLargeIsRefused() {
        try (TestNode node = start(reads -> reads.withKeyBytes(10))) {
            String key = "k".repeat(11);
            assertProblem(node.get("/v1/datasets/pages/records/" + key), 413, "key-too-large", "key.bytes");
            assertProblem(node.get("/v1/datasets/pages/records?key=" + key), 413, "key-too-large", "limit is 10");
            assertProblem(node.post(BATCH, "{\"keys\":[\"" + key + "\"]}"), 413, "key-too-large", "key.bytes");
            assertThat(node.get("/v1/datasets/pages/records/" + "k".repeat(10)).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aReplyThatIsTooLargeIsRefusedUnlessItIsOneValue() {
        try (TestNode node = start(reads -> reads.withReplyBytes(100))) {
            assertThat(node.post(BATCH, "{\"keys\":[\"b\"]}").statusCode()).isEqualTo(200);
            HttpResponse<String> reply = node.post(BATCH, "{\"keys\":[\"b\",\"b\"]}");
            assertProblem(reply, 413, "reply-too-large", "reply.bytes");
            assertThat(header(reply, "slipway-version")).isEqualTo("1");
        }
    }

    @Test
    void moreRequestsThanTheLimitAreRefusedAtOnce() throws IOException {
        try (TestNode node = start(reads -> reads.withConcurrentRequests(2).withTime(Duration.ofSeconds(20)))) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                slow.add(beginBatch(node));
            }
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertProblem(
                            node.post(BATCH, "{\"keys\":[\"a\"]}"), 503, "overloaded", "concurrent.requests"));
            HttpResponse<String> scan = node.get("/v1/datasets/pages/records");
            assertProblem(scan, 503, "overloaded", "2 requests");
            assertThat(header(scan, "slipway-version")).isEqualTo("1");
            assertThat(node.get("/v1/datasets/pages/records/a").body())
                    .as("what memory answers needs no permit")
                    .isEqualTo("\"1\"");
            for (Socket socket : slow) {
                socket.close();
            }
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(
                                    node.post(BATCH, "{\"keys\":[\"a\"]}").statusCode())
                            .isEqualTo(200));
        }
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsGivenUp() throws IOException {
        try (TestNode node = start(reads -> reads.withConcurrentRequests(1).withTime(Duration.ofMillis(200)));
                Socket slow = beginBatch(node)) {
            String reply = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(reply).startsWith("HTTP/1.1 408").contains("body-too-slow", "request.time");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(
                                    node.post(BATCH, "{\"keys\":[\"a\"]}").statusCode())
                            .isEqualTo(200));
        }
    }

    @Test
    void aRequestIsAnsweredFromTheCatalogThatItNamesOrALaterOne() {
        NodeSettings settings = TestNode.settings(temporary.resolve("data")).withPollInterval(Duration.ofHours(1));
        try (TestNode node = TestNode.start(repository, settings)) {
            node.awaitServed(first);
            VersionId second = repository.publish("pages", Map.of("a", "2"));
            repository.stage(second);
            node.node().nudge();
            node.awaitPhase(second, io.slipway.model.node.NodeStatus.Phase.STAGED);
            repository.swap(second);
            String sequence = Long.toString(repository.catalogs().latest().sequence());

            // Asked before the node glances at the catalog's folder, nearly always.
            HttpResponse<String> reply = node.get("/v1/datasets/pages/records/a", "Slipway-Catalog", sequence);
            assertThat(reply.body()).isEqualTo("\"2\"");
            assertThat(header(reply, "slipway-catalog")).isEqualTo(sequence);
            assertThat(header(reply, "slipway-version")).isEqualTo("2");
        }
    }

    @Test
    void aNodeThatStaysBehindSaysSo() {
        try (TestNode node = start(UnaryOperator.identity())) {
            HttpResponse<String> reply = node.get("/v1/datasets/pages/records/a", "Slipway-Catalog", "1000000");
            assertProblem(reply, 503, "catalog-behind", "another node");
            assertThat(header(reply, "slipway-version")).isEqualTo("1");
            assertProblem(
                    node.post(BATCH, "{\"keys\":[\"a\"]}", "Slipway-Catalog", "1000000"), 503, "catalog-behind", "");
            assertProblem(node.get("/v1/datasets", "Slipway-Catalog", "soon"), 400, "bad-request", "Slipway-Catalog");
        }
    }

    @Test
    void aLookupThatMemoryCannotAnswerIsAnsweredFromTheDisk() {
        try (TestNode node = start(reads -> reads.withThreads(1))) {
            VersionId second = repository.publish("pages", Map.of("a", "2"));
            repository.swap(second);
            node.awaitServed(second);
            assertThat(node.get("/v1/datasets/pages/records/a").body()).isEqualTo("\"2\"");
            assertThat(node.get("/v1/datasets/pages/records/none").statusCode()).isEqualTo(404);
        }
    }

    private TestNode start(UnaryOperator<ReadSettings> reads) {
        TestNode node = TestNode.start(
                repository, TestNode.settings(temporary.resolve("data")).withReads(reads));
        node.awaitServed(first);
        return node;
    }

    /** Sends the headers of a batch get, and a part of its body. */
    private static Socket beginBatch(TestNode node) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port());
        OutputStream out = socket.getOutputStream();
        out.write(
                ("POST " + BATCH + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100\r\n\r\n{\"keys\"")
                        .getBytes(StandardCharsets.UTF_8));
        out.flush();
        return socket;
    }
}
