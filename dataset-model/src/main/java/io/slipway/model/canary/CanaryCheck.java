package io.slipway.model.canary;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.slipway.model.InvalidInputException;
import io.slipway.model.canary.Expectation.Compares;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks canaries against the records of a version. A value is looked at in the JSON form that readers get. Fails closed: a
 * key or field that the version's schemas do not have, or a literal that no value of the field can be, fails the canary.
 * Thread-safe.
 */
public final class CanaryCheck {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int MOST_SHOWN = 60;

    private final KeyCodec keys;
    private final ValueJson values;

    /** Checks against a version with these keys and values. */
    public CanaryCheck(KeyCodec keys, ValueJson values) {
        this.keys = keys;
        this.values = values;
    }

    /**
     * Why a canary fails, as part of a sentence; nothing if it does not.
     *
     * @param lookup gives the encoded value of an encoded key, if there is one; what it throws is passed on
     * @throws io.slipway.model.CorruptDataException if the value is not of its schema
     */
    public Optional<String> failure(Canary canary, Function<byte[], Optional<byte[]>> lookup) {
        try {
            byte[] key = canary.key().encode(keys);
            if (canary.expectation() instanceof Compares compares) {
                ValuePath path = ValuePath.of(compares.path(), values.schema());
                path.checkFits(compares.literal());
                return failure(compares, lookup.apply(key));
            }
            boolean isThere = lookup.apply(key).isPresent();
            boolean isExpected = canary.expectation() instanceof Expectation.Exists;
            return isThere == isExpected
                    ? Optional.empty()
                    : Optional.of(isThere ? "it exists" : "there is no such key");
        } catch (InvalidInputException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> failure(Compares compares, Optional<byte[]> value) {
        if (value.isEmpty()) {
            return Optional.of("there is no such key");
        }
        JsonNode part = part(json(value.get()), compares.path());
        return compares.relation().holds(part, compares.literal())
                ? Optional.empty()
                : Optional.of("it is " + shown(part.toString()));
    }

    /** A part of a value; null if something on the way to it is null, or not there. */
    private static JsonNode part(JsonNode value, List<String> path) {
        JsonNode part = value;
        for (String name : path) {
            part = part.path(name);
        }
        return part.isMissingNode() ? NullNode.getInstance() : part;
    }

    private JsonNode json(byte[] value) {
        try {
            return JSON.readTree(values.toJson(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shown(String json) {
        return json.length() <= MOST_SHOWN ? json : json.substring(0, MOST_SHOWN) + "…";
    }
}
