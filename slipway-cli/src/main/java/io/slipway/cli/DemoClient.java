package io.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks routes up as any program would: over HTTP. Thread-safe. */
final class DemoClient {

    private static final String VERSION_HEADER = "Slipway-Version";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI records;
    private final URI batches;

    /** A client of one dataset on a node. */
    DemoClient(URI node, String dataset) {
        this.records = node.resolve("/v1/datasets/" + dataset + "/records/");
        this.batches = node.resolve("/v1/datasets/" + dataset + "/records:batchGet");
    }

    /**
     * A reply.
     *
     * @param status the HTTP status
     * @param version the version that the reply says it is from; 0 if it does not say
     * @param bodyVersion the version that the body says, where it does; else the same
     * @param values what was found, by route
     * @param body the body as it came
     */
    record Reply(int status, long version, long bodyVersion, Map<String, JsonNode> values, String body) {}

    /** Where one route is looked up. */
    URI uri(String route) {
        return records.resolve(route);
    }

    /** Where many are looked up at once. */
    URI batchUri() {
        return batches;
    }

    /** Looks one route up. */
    Reply lookUp(String route) throws IOException, InterruptedException {
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri(route)).GET());
        long version = version(response);
        Map<String, JsonNode> values =
                response.statusCode() == 200 ? Map.of(route, MAPPER.readTree(response.body())) : Map.of();
        return new Reply(response.statusCode(), version, version, values, response.body());
    }

    /** Looks many routes up with one request. */
    Reply lookUp(List<String> routes) throws IOException, InterruptedException {
        ObjectNode request = MAPPER.createObjectNode();
        ArrayNode keys = request.putArray("keys");
        routes.forEach(keys::add);
        HttpResponse<String> response = send(HttpRequest.newBuilder(batches)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request.toString())));
        JsonNode body = MAPPER.readTree(response.body());
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (JsonNode found : body.path("found")) {
            values.put(found.path("key").asText(), found.path("value"));
        }
        return new Reply(
                response.statusCode(), version(response), body.path("version").asLong(), values, response.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private static long version(HttpResponse<?> response) {
        return response.headers().firstValueAsLong(VERSION_HEADER).orElse(0);
    }
}
