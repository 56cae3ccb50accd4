package io.slipway.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads the fields of a JSON object of a persisted document, with errors that name file and field. Fields that nobody
 * asks for are ignored. Immutable.
 */
public final class JsonFields {

    private final String file;
    private final String path;
    private final JsonNode json;

    /**
     * Creates a reader of an object's fields.
     *
     * @param file the document's name, for messages
     * @param path where in the document the object is, for messages; empty for the whole
     * @param json what should be an object
     * @throws CorruptDataException if it is not an object
     */
    public JsonFields(String file, String path, JsonNode json) {
        this.file = file;
        this.path = path;
        this.json = json;
        if (!json.isObject()) {
            throw new CorruptDataException(file, path.isEmpty() ? "whole file" : path, "a JSON object", json);
        }
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        return json.hasNonNull(field);
    }

    /** The names of the object's fields, in their order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A required text. */
    public String text(String field) {
        return expect(required(field), JsonNode::isTextual, field, "a text").textValue();
    }

    /** A required whole number. */
    public long integer(String field) {
        return expect(
                        required(field),
                        value -> value.isIntegralNumber() && value.canConvertToLong(),
                        field,
                        "a whole number")
                .longValue();
    }

    /** A required whole number from 0 that fits an {@code int}. */
    public int count(String field) {
        return expect(
                        required(field),
                        value -> value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0,
                        field,
                        "a count")
                .intValue();
    }

    /** A required whole number from 0. */
    public long longCount(String field) {
        long value = integer(field);
        if (value < 0) {
            throw damaged(field, "a count", value);
        }
        return value;
    }

    /** A number, if the field is there. */
    public Optional<Double> number(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        return Optional.of(
                expect(json.get(field), JsonNode::isNumber, field, "a number").doubleValue());
    }

    /** A required boolean. */
    public boolean flag(String field) {
        return expect(required(field), JsonNode::isBoolean, field, "true or false")
                .booleanValue();
    }

    /** A required instant, in ISO 8601. */
    public Instant instant(String field) {
        String value = text(field);
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw damaged(field, "an instant in ISO 8601", value);
        }
    }

    /** A required nested object. */
    public JsonFields object(String field) {
        return new JsonFields(file, at(field), required(field));
    }

    /** A required array, each element read by a function; elements must be objects. */
    public <T> List<T> objects(String field, Function<JsonFields, T> read) {
        JsonNode value = array(field);
        List<T> elements = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            elements.add(read.apply(new JsonFields(file, at(field) + "[" + i + "]", value.get(i))));
        }
        return elements;
    }

    /**
     * A required text, read by a function that throws {@link InvalidInputException} or {@link
     * IllegalArgumentException} where it is not acceptable.
     */
    public <T> T parsed(String field, Function<String, T> parse) {
        String value = text(field);
        try {
            return parse.apply(value);
        } catch (InvalidInputException | IllegalArgumentException e) {
            throw new CorruptDataException(file, at(field), "'" + value + "' is not acceptable: " + e.getMessage(), e);
        }
    }

    /** The error of a field that is not what it has to be. */
    public CorruptDataException damaged(String field, Object expected, Object found) {
        return new CorruptDataException(file, at(field), expected, found);
    }

    private JsonNode array(String field) {
        return expect(required(field), JsonNode::isArray, field, "an array");
    }

    private JsonNode required(String field) {
        if (!has(field)) {
            throw damaged(field, "a value", "nothing");
        }
        return json.get(field);
    }

    private JsonNode expect(JsonNode value, Predicate<JsonNode> accepted, String field, String expected) {
        if (!accepted.test(value)) {
            throw damaged(field, expected, value);
        }
        return value;
    }

    private String at(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
