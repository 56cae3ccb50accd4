package io.slipway.model.key;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.model.InvalidInputException;
import java.io.IOException;

/**
 * Encodes keys from JSON tokens, without a tree for the types that most keys are of. Stateless. What is a key and what is
 * not is the same as for {@link KeyCodec#encodeJson}.
 */
final class KeyTokens {

    private static final ObjectReader NODES = JsonMapper.builder().build().reader();

    private KeyTokens() {}

    /** Appends the plain form of one field, given as the value that the parser is at. */
    static void append(KeyField field, JsonParser json, KeyBytes out) throws IOException {
        JsonToken token = json.currentToken();
        KeyType type = field.type();
        if (type == KeyType.STRING && token == JsonToken.VALUE_STRING) {
            out.appendUtf8(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        } else if (type == KeyType.LONG && isWhole(json, token)) {
            type.encode(json.getLongValue(), out);
        } else if (type == KeyType.INT && isWhole(json, token) && json.getNumberType() == JsonParser.NumberType.INT) {
            type.encode(json.getIntValue(), out);
        } else if (token == null) {
            throw new InvalidInputException("Key field '" + field.name() + "' is missing. Give a value.");
        } else {
            JsonNode node = NODES.readTree(json);
            type.encode(field.parse(node), out);
        }
    }

    private static boolean isWhole(JsonParser json, JsonToken token) throws IOException {
        return token == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }
}
