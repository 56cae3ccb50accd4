package io.slipway.serving.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyBytes;
import io.slipway.model.key.KeyCodec;
import io.slipway.serving.ReadSettings;
import java.io.IOException;
import java.util.Arrays;

/** The encoded keys of a batch get, in the order of the request, in arrays that are used again. Not thread-safe. */
final class BatchKeys {

    private final KeyBytes bytes = new KeyBytes();
    private int[] ends = new int[128];
    private int count;

    /** How many keys there are. */
    int count() {
        return count;
    }

    /** The array that holds the keys. */
    byte[] array() {
        return bytes.array();
    }

    /** Where a key begins. */
    int start(int key) {
        return key == 0 ? 0 : ends[key - 1];
    }

    /** How many bytes a key has. */
    int length(int key) {
        return ends[key] - start(key);
    }

    /** Whether it is small enough to be kept for the next request. */
    boolean isSmall(int limit) {
        return bytes.array().length <= limit;
    }

    /**
     * Takes the keys of a JSON array, instead of those that it had. The parser is at the array's first token, and afterwards
     * at its last.
     *
     * @param before how many keys the request has before these
     * @throws ProblemException if one is not a key of the codec, or there are too many
     * @throws IOException if it is not JSON
     */
    void parse(JsonParser json, KeyCodec codec, ReadSettings settings, int before) throws IOException {
        bytes.reset();
        count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (before + count == settings.batchKeys()) {
                throw new ProblemException(
                        ProblemType.TOO_MANY_KEYS,
                        "The request has more keys than the limit of " + settings.batchKeys()
                                + " (batch.keys). Send several requests, with a version to read one version.");
            }
            append(json, codec);
            KeyBuffer.requireAtMost(settings.keyBytes(), length(count - 1));
        }
    }

    private void append(JsonParser json, KeyCodec codec) throws IOException {
        try {
            codec.appendJson(json, bytes);
        } catch (InvalidInputException e) {
            throw new ProblemException(ProblemType.BAD_KEY, "keys[" + count + "]: " + e.getMessage());
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = bytes.length();
    }
}
