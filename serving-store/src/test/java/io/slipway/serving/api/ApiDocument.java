package io.slipway.serving.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An OpenAPI document: checks requests and replies against it, and remembers what of it was run. */
final class ApiDocument {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> STANDARD_HEADERS = Set.of(
            "accept",
            "authorization",
            "content-type",
            "content-length",
            "date",
            "content-encoding",
            "connection",
            "server");

    private final JsonNode document;
    private final Map<String, JsonNode> operations = new TreeMap<>();
    private final Map<String, String> paths = new TreeMap<>();
    private final Set<String> left = new TreeSet<>();

    ApiDocument(Path file) throws IOException {
        document = new YAMLMapper().readTree(file.toFile());
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode operation = method.getValue();
                    String id = operation.get("operationId").asText();
                    operations.put(id, operation);
                    paths.put(id, method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                    operation.get("responses").fieldNames().forEachRemaining(status -> left.add(id + " " + status));
                    operation.path("parameters").forEach(parameter -> left.add(id + " " + name(resolve(parameter))));
                }));
    }

    /** What was not run: operations with a status or a parameter. */
    Set<String> left() {
        return left;
    }

    /** The method and path of an operation. */
    String path(String operation) {
        return paths.get(operation);
    }

    /** Notes that a request used a parameter, which must be documented. */
    void used(String operation, String parameter) {
        assertThat(operations.get(operation).path("parameters"))
                .as("%s has the parameter %s", operation, parameter)
                .anyMatch(documented -> name(resolve(documented)).equals(parameter));
        left.remove(operation + " " + parameter);
    }

    /** Checks a body that was sent. */
    void checkBody(String operation, String body) throws IOException {
        JsonNode content = operations.get(operation).get("requestBody").get("content");
        new SchemaCheck(this).check(content.get("application/json").get("schema"), JSON.readTree(body), "body");
    }

    /** Checks a reply: status, headers, and body. */
    void check(String operation, int status, Map<String, String> headers, byte[] body) throws IOException {
        String what = operation + " " + status;
        JsonNode response = resolve(operations.get(operation).get("responses").path(Integer.toString(status)));
        assertThat(response.isObject())
                .as("%s is documented; its body is %s", what, new String(body, StandardCharsets.UTF_8))
                .isTrue();
        left.remove(what);
        response.path("headers").properties().forEach(header -> {
            JsonNode documented = resolve(header.getValue());
            String value = headers.get(header.getKey().toLowerCase(java.util.Locale.ROOT));
            if (value != null || documented.path("required").asBoolean()) {
                assertThat(value).as("%s: header %s", what, header.getKey()).isNotNull();
                new SchemaCheck(this)
                        .check(documented.get("schema"), JSON.getNodeFactory().textNode(value), what);
            }
        });
        checkContent(what, response, headers.get("content-type"), body);
    }

    private void checkContent(String what, JsonNode response, String type, byte[] body) throws IOException {
        if (!response.has("content")) {
            assertThat(body).as(what).isEmpty();
            return;
        }
        JsonNode content = response.get("content").path(String.valueOf(type));
        assertThat(content.isObject())
                .as("%s: the type %s is documented", what, type)
                .isTrue();
        if (type.endsWith("json")) {
            new SchemaCheck(this).check(content.get("schema"), JSON.readTree(body), what);
        }
    }

    /** Whether a header needs no documentation. */
    static boolean isStandard(String header) {
        return STANDARD_HEADERS.contains(header.toLowerCase(java.util.Locale.ROOT));
    }

    /** Follows a reference. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? resolve(document.at(node.get("$ref").asText().substring(1))) : node;
    }

    private static String name(JsonNode parameter) {
        return parameter.get("name").asText();
    }
}
