package io.slipway.serving.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The body of a batch get, {@code {"keys":[…]}}.
 *
 * @param keys the keys as they were sent
 */
record BatchRequest(List<JsonNode> keys) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String FORM = " Send {\"keys\":[…]}.";

    /**
     * Reads a body.
     *
     * @throws ProblemException if it is not of this form, or has too many keys
     */
    static BatchRequest parse(byte[] body, int maxKeys) {
        JsonNode json = read(body);
        JsonNode keys = json.get("keys");
        if (keys == null || !keys.isArray()) {
            throw new ProblemException(ProblemType.BAD_BODY, "The body has no array 'keys'." + FORM);
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals("keys")) {
                throw new ProblemException(
                        ProblemType.BAD_BODY, "The body has an unknown field '" + name + "'." + FORM);
            }
        }
        if (keys.size() > maxKeys) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_KEYS,
                    "The request has " + keys.size() + " keys, and the limit is " + maxKeys
                            + ". Send several requests, with ?version= to read one version.");
        }
        List<JsonNode> list = new ArrayList<>(keys.size());
        keys.forEach(list::add);
        return new BatchRequest(list);
    }

    private static JsonNode read(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ProblemType.BAD_BODY, "The body is not JSON: " + e.getOriginalMessage() + "." + FORM);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.BAD_BODY, "The body cannot be read." + FORM);
        }
    }
}
