package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.model.InvalidInputException;
import io.slipway.model.VersionId;
import io.slipway.serving.admin.AdminServer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of a node. */
class AdminServerTest {

    @TempDir
    private java.nio.file.Path temporary;

    private TestRepository repository;
    private VersionId one;
    private TestNode node;
    private AdminServer admin;

    @BeforeEach
    void serve() {
        repository = new TestRepository(temporary.resolve("repository"));
        one = repository.publish("airports", Map.of("LAX", "Los Angeles"));
        repository.swap(one);
        node = TestNode.start(repository, temporary.resolve("data"));
        node.awaitServed(one);
        admin = AdminServer.start(
                node.settings(), node.node(), node.metrics(), List.of(new Extra()), InstantSource.system());
    }

    @AfterEach
    void stop() {
        admin.close();
        node.close();
    }

    @Test
    void aNodeIsAliveReadyAndTellsWhatItHas() throws Exception {
        assertThat(get("/healthz").body()).isEqualTo("ok\n");
        HttpResponse<String> ready = get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(200);
        JsonNode status = json(get("/v1/node").body());
        assertThat(status.get("id").asText()).isEqualTo(node.node().id());
        assertThat(status.get("catalogSequence").asLong())
                .isEqualTo(repository.catalogs().latest().sequence());
        assertThat(status.get("versions").get(0).get("phase").asText()).isEqualTo("STAGED");
    }

    @Test
    void aDatasetThatIsNotServedIsNamed() throws Exception {
        VersionId bad = repository.publish("cities", Map.of("a", "b"));
        java.nio.file.Files.delete(repository.firstFile(bad));
        repository.swap(bad);
        node.awaitPhase(bad, io.slipway.model.node.NodeStatus.Phase.REFUSED);
        HttpResponse<String> ready = get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        JsonNode cities = json(ready.body()).get("datasets").get("cities");
        assertThat(cities.get("current").asLong()).isEqualTo(1);
        assertThat(cities.get("served").asLong()).isZero();
        assertThat(cities.get("problem").asText()).contains("no file");
    }

    @Test
    void metricsCountLookups() throws Exception {
        node.get("/v1/datasets/airports/records/LAX");
        node.get("/v1/datasets/airports/records/nope");
        node.post("/v1/datasets/airports/records:batchGet", "{\"keys\":[\"LAX\",\"x\"]}");
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
        assertThat(metrics.body())
                .contains("slipway_lookup_requests_total{dataset=\"airports\",kind=\"record\",status=\"2xx\"} 1.0")
                .contains("slipway_lookup_requests_total{dataset=\"airports\",kind=\"record\",status=\"4xx\"} 1.0")
                .contains("slipway_lookup_requests_total{dataset=\"airports\",kind=\"batch\",status=\"2xx\"} 1.0")
                .contains("slipway_lookup_keys_total{dataset=\"airports\",kind=\"record\",result=\"hit\"} 1.0")
                .contains("slipway_lookup_keys_total{dataset=\"airports\",kind=\"batch\",result=\"miss\"} 1.0")
                .contains("slipway_lookup_duration_seconds_bucket{dataset=\"airports\",kind=\"record\",le=\"+Inf\"} 2")
                .contains("slipway_dataset_version{dataset=\"airports\"} 1.0")
                .contains("slipway_ready 1.0")
                .contains("jvm_memory_heap_used");
    }

    @Test
    void resourcesOfOthersAreServedAndTheirErrorsBecomeProblems() throws Exception {
        assertThat(get("/extra").body()).isEqualTo("{\"a\":1}");
        HttpResponse<String> refused = get("/extra/refused");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(json(refused.body()).get("detail").asText()).isEqualTo("Not like that.");
        HttpResponse<String> failed = get("/extra/failed");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).doesNotContain("secret");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/nothing").headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    @Test
    void nudgesAreTaken() throws Exception {
        HttpRequest nudge = HttpRequest.newBuilder(uri("/v1/node/nudge"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(send(nudge).statusCode()).isEqualTo(204);
        assertThat(get("/v1/node/nudge").statusCode()).isEqualTo(405);
    }

    @Test
    void theRateOfStagingsIsChangedWhileTheNodeRuns() throws Exception {
        assertThat(send(rate("1b")).statusCode()).isEqualTo(204);
        VersionId slow = repository.publish("cities", Map.of("a", "b"));
        repository.stage(slow);
        node.node().nudge();
        assertThat(send(rate("fast")).statusCode()).isEqualTo(400);
        assertThat(send(rate("off")).statusCode()).isEqualTo(204);
        node.awaitPhase(slow, io.slipway.model.node.NodeStatus.Phase.STAGED);
    }

    private HttpRequest rate(String text) {
        return HttpRequest.newBuilder(uri("/v1/node/staging-rate"))
                .header("content-type", "text/plain")
                .PUT(HttpRequest.BodyPublishers.ofString(text))
                .build();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + admin.port() + path);
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    /** As a controller would bring one. */
    @Path("/extra")
    public static final class Extra {

        /** An answer. */
        @GET
        @Produces("application/json")
        public Map<String, Integer> get() {
            return Map.of("a", 1);
        }

        /** A refusal. */
        @GET
        @Path("refused")
        public String refused(@QueryParam("like") String like) {
            if (like == null) {
                throw new InvalidInputException("Not like that.");
            }
            return like;
        }

        /** A failure. */
        @GET
        @Path("failed")
        public String failed(@QueryParam("like") String like) {
            if (like == null) {
                throw new IllegalStateException("secret");
            }
            return like;
        }
    }
}
