package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.serving.admin.AdminServer;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /readyz} says is missing. */
class ReadinessTest {

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
    }

    private void serve(NodeSettings settings) {
        node = TestNode.start(repository, settings);
        admin = AdminServer.start(node.settings(), node.node(), node.metrics(), List.of(), InstantSource.system());
    }

    private NodeSettings settings() {
        return TestNode.settings(temporary.resolve("data"));
    }

    @AfterEach
    void stop() {
        admin.close();
        node.close();
    }

    @Test
    void aNodeThatKnowsNoCatalogSaysSo() throws Exception {
        Files.move(repository.folder(), temporary.resolve("moved"));
        Files.createFile(repository.folder());
        serve(settings());
        assertThat(status("/readyz")).isEqualTo(503);
        assertThat(ready().get("problem").asText()).contains("has not read a catalog yet");
        assertThat(ready().get("datasets")).isEmpty();
        assertThat(status("/healthz")).isEqualTo(200);
    }

    @Test
    void aVersionThatIsBeingFetchedIsShownWithItsBytes() throws Exception {
        repository.swap(one);
        serve(settings().withStagingLimits(1, 0));
        await().untilAsserted(() ->
                assertThat(problem("airports")).matches("Version 1 is being fetched: \\d+ of [1-9]\\d* bytes\\."));
        assertThat(status("/readyz")).isEqualTo(503);
        assertThat(dataset("airports").get("served").asLong()).isZero();
        node.node().limitStaging(0, "ann", "");
        node.awaitServed(one);
        assertThat(status("/readyz")).isEqualTo(200);
        assertThat(problem("airports")).isEmpty();
    }

    @Test
    void aVersionThatCannotBeStagedNowIsShownWithWhatIsWrong() throws Exception {
        repository.swap(one);
        serve(settings().withStagingLimits(0, Long.MAX_VALUE / 2));
        node.awaitPhase(one, Phase.FAILING);
        assertThat(status("/readyz")).isEqualTo(503);
        assertThat(problem("airports")).contains("free some space");
    }

    @Test
    void aDatasetWhoseOnlyVersionIsHeldIsNotMissing() throws Exception {
        repository.stage(one);
        repository.force(one, VersionState.HELD);
        serve(settings());
        node.node().look().join();
        assertThat(status("/readyz")).isEqualTo(200);
        assertThat(ready().get("datasets")).isEmpty();
    }

    @Test
    void aNodeThatServesAnOlderVersionIsReadyAndSaysWhatIsWrongWithTheNew() throws Exception {
        repository.swap(one);
        serve(settings());
        node.awaitServed(one);
        VersionId two = repository.publish("airports", Map.of("LAX", "two"));
        Files.delete(repository.firstFile(two));
        repository.swap(two);
        node.awaitPhase(two, Phase.REFUSED);
        assertThat(status("/readyz")).isEqualTo(200);
        assertThat(dataset("airports").get("current").asLong()).isEqualTo(2);
        assertThat(dataset("airports").get("served").asLong()).isEqualTo(1);
        assertThat(problem("airports")).contains("no file");
    }

    private String problem(String dataset) throws IOException, InterruptedException {
        return dataset(dataset).get("problem").asText();
    }

    private JsonNode dataset(String name) throws IOException, InterruptedException {
        return ready().at("/datasets/" + name);
    }

    private JsonNode ready() throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get("/readyz").body());
    }

    private int status(String path) throws IOException, InterruptedException {
        return get(path).statusCode();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + admin.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
