package io.slipway.model.canary;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import java.util.List;

/**
 * The key of a canary as it was written: text, or an array of the fields of a record key. Immutable.
 *
 * @param json a JSON string, or an array
 */
public record CanaryKey(JsonNode json) {

    /**
     * The key as a version has it.
     *
     * @throws InvalidInputException if it is not a key of that version
     */
    public byte[] encode(KeyCodec keys) {
        if (json.isArray()) {
            return keys.encodeJson(json);
        }
        if (keys.fields().size() > 1) {
            throw new InvalidInputException("the key has the " + keys.fields().size() + " fields " + keys.shape()
                    + "; write it as a JSON array of them");
        }
        return keys.encodeText(List.of(json.textValue()));
    }
}
