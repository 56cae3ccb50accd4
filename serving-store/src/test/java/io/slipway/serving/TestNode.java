package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.model.VersionId;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.node.NodeStatus.Staging;
import io.slipway.serving.access.AccessLog;
import io.slipway.serving.http.LookupServer;
import io.slipway.serving.metrics.LookupMetrics;
import io.slipway.serving.view.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** A node with its lookup server, and a client of it. */
public final class TestNode implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final LookupMetrics metrics = new LookupMetrics();
    private final NodeSettings settings;
    private final ServingNode node;
    private final AccessLog accessLog;
    private final LookupServer lookups;

    private TestNode(NodeSettings settings, ServingNode node) {
        this.settings = settings;
        this.node = node;
        this.accessLog = AccessLog.open(settings.accessLog(), metrics, InstantSource.system());
        this.lookups = LookupServer.start(settings, node, metrics, accessLog, InstantSource.system());
    }

    public static NodeSettings settings(Path data) {
        return NodeSettings.of(data)
                .withPorts(0, 0)
                .withBindAddresses("127.0.0.1", "127.0.0.1")
                .withBlockCacheBytes(8 << 20)
                .withPollInterval(Duration.ofMillis(20));
    }

    public static TestNode start(TestRepository repository, Path data) {
        return start(repository, settings(data));
    }

    public static TestNode start(TestRepository repository, NodeSettings settings) {
        ServingNode node = open(repository, settings);
        node.start();
        return new TestNode(settings, node);
    }

    public static ServingNode open(TestRepository repository, NodeSettings settings) {
        return ServingNode.open(
                settings,
                repository.storage(),
                repository.catalogs(),
                InstantSource.system(),
                () -> UUID.randomUUID().toString());
    }

    public ServingNode node() {
        return node;
    }

    public LookupMetrics metrics() {
        return metrics;
    }

    public NodeSettings settings() {
        return settings;
    }

    public int port() {
        return lookups.port();
    }

    /** The version that readers get of a dataset; 0 if none. */
    public long served(String dataset) {
        try (Snapshot snapshot = node.snapshots().pin()) {
            return snapshot.dataset(dataset)
                    .flatMap(served -> served.current())
                    .map(version -> version.id().number())
                    .orElse(0L);
        }
    }

    public void awaitServed(VersionId version) {
        node.nudge();
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(
                        () -> assertThat(served(version.dataset().value())).isEqualTo(version.number()));
    }

    /** Waits until readers can name a version. */
    public void awaitReadable(VersionId version) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    try (Snapshot snapshot = node.snapshots().pin()) {
                        return snapshot.dataset(version.dataset().value())
                                .flatMap(served -> served.version(version.number()))
                                .isPresent();
                    }
                });
    }

    public Staging awaitPhase(VersionId version, Phase phase) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(node.status().staging(version).map(Staging::phase))
                        .hasValue(phase));
        return node.status().staging(version).orElseThrow();
    }

    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpResponse<byte[]> bytes(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return send(headers.length == 0 ? request : request.headers(headers), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Sends a request as it is, which Java's client would not, and reads until the server closes. */
    public String raw(String request, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            OutputStream out = socket.getOutputStream();
            out.write((request + "\r\nHost: x\r\nConnection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public HttpResponse<String> send(String method, String path) {
        return send(HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + lookups.port() + path);
    }

    @Override
    public void close() {
        lookups.close();
        accessLog.close();
        node.close();
    }
}
