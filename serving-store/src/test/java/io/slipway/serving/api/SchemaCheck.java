package io.slipway.serving.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** As much of JSON Schema as the document uses; a keyword that is not known fails. */
final class SchemaCheck {

    private final ApiDocument document;

    SchemaCheck(ApiDocument document) {
        this.document = document;
    }

    /** Checks a value, which is at a place. */
    void check(JsonNode reference, JsonNode value, String at) {
        JsonNode schema = document.resolve(reference);
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            check(keyword.getKey(), keyword.getValue(), schema, value, at);
        }
    }

    private void check(String keyword, JsonNode rule, JsonNode schema, JsonNode value, String at) {
        switch (keyword) {
            case "description", "default" -> {}
            case "type" ->
                assertThat(rule.isArray() ? rule : List.of(rule))
                        .as("%s is %s: %s", at, rule, value)
                        .anyMatch(type -> isOf(type.asText(), value));
            case "const" -> assertThat(value).as(at).isEqualTo(rule);
            case "pattern" -> assertThat(value.asText()).as(at).matches(rule.asText());
            case "minimum" -> assertThat(value.asLong()).as(at).isGreaterThanOrEqualTo(rule.asLong());
            case "required" ->
                rule.forEach(name -> assertThat(value.has(name.asText()))
                        .as("%s has %s: %s", at, name, value)
                        .isTrue());
            case "properties" ->
                rule.properties().forEach(property -> {
                    JsonNode inner = value.get(property.getKey());
                    if (inner != null) {
                        check(property.getValue(), inner, at + "." + property.getKey());
                    }
                });
            case "additionalProperties" ->
                value.fieldNames()
                        .forEachRemaining(
                                name -> assertThat(schema.get("properties").has(name))
                                        .as("%s.%s is documented", at, name)
                                        .isTrue());
            case "items" ->
                value.forEach(item -> {
                    if (value.isArray()) {
                        check(rule, item, at + "[]");
                    }
                });
            case "anyOf" ->
                assertThat(StreamSupport.stream(rule.spliterator(), false))
                        .as("%s is one of %s", at, rule)
                        .anyMatch(option -> isGood(option, value, at));
            default -> throw new AssertionError("The keyword '" + keyword + "' is not known here: " + schema);
        }
    }

    private boolean isGood(JsonNode schema, JsonNode value, String at) {
        try {
            check(schema, value, at);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            default -> throw new AssertionError(type);
        };
    }
}
