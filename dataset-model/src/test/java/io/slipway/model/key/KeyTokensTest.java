package io.slipway.model.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.model.InvalidInputException;
import io.slipway.model.value.JsonBytes;
import io.slipway.model.value.Seeded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys from a stream of tokens are the keys that they are from a tree. */
class KeyTokensTest {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final KeyCodec ROUTE = KeyCodec.of(RandomKeys.record(List.of(Schema.Type.STRING, Schema.Type.INT)));

    static Stream<JsonNode> keys() {
        return KeyVectors.list("keys");
    }

    static Stream<JsonNode> refusedKeys() {
        return KeyVectors.list("refusedKeys");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyHasTheBytesOfItsVector(JsonNode vector) throws IOException {
        KeyCodec codec = KeyCodec.of(KeyVectors.schema(vector.get("schema")));

        assertThat(encode(codec, vector.get("key").toString())).isEqualTo(KeyVectors.hex(vector, "encoded"));
    }

    @ParameterizedTest
    @MethodSource("refusedKeys")
    void whatCannotBeAKeyIsRefused(JsonNode vector) throws IOException {
        KeyCodec codec = KeyCodec.of(KeyVectors.schema(vector.get("schema")));
        JsonNode key = vector.get("key");
        String json = key.isDouble() && Double.isInfinite(key.doubleValue()) ? "1e400" : MAPPER.writeValueAsString(key);

        assertThatThrownBy(() -> encode(codec, json)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void anyKeyIsTheSameByEveryWay() {
        Seeded.times(3_000, random -> {
            List<Schema.Type> types = RandomKeys.types(random);
            KeyCodec codec = KeyCodec.of(RandomKeys.record(types));
            byte[] encoded = codec.encode(RandomKeys.record(types, random));
            String json = codec.toJson(encoded).toString();
            try {
                assertThat(encode(codec, json)).isEqualTo(encoded);
                assertThat(codec.encodeJson(MAPPER.readTree(json))).isEqualTo(encoded);
                // Not the same text: a float may be written with more digits than it needs.
                assertThat(codec.encodeJson(MAPPER.readTree(written(codec, encoded))))
                        .isEqualTo(encoded);
            } catch (IOException e) {
                throw new AssertionError(json, e);
            }
        });
    }

    @Test
    void whateverTheTextItIsTakenOrRefusedAsTheTreeIs() {
        changedTexts(20_000);
    }

    @Test
    @Tag("long")
    void whateverTheTextItIsTakenOrRefusedAsTheTreeIsAMillionTimes() {
        changedTexts(1_000_000);
    }

    private static void changedTexts(int cases) {
        String pieces = "\"\\[]{},:-+.eE0123456789ntfaul u\u0000\ud800é";
        Seeded.times(cases, random -> {
            List<Schema.Type> types = RandomKeys.types(random);
            boolean single = types.size() == 1;
            KeyCodec codec = KeyCodec.of(single ? RandomKeys.schema(types.get(0)) : RandomKeys.record(types));
            Object key = single ? RandomKeys.value(types.get(0), random) : RandomKeys.record(types, random);
            StringBuilder text =
                    new StringBuilder(codec.toJson(codec.encode(key)).toString());
            for (int i = random.nextInt(4); i > 0; i--) {
                int at = random.nextInt(text.length() + 1);
                text.replace(at, Math.min(text.length(), at + random.nextInt(2)), "");
                text.insert(Math.min(at, text.length()), pieces.charAt(random.nextInt(pieces.length())));
            }
            assertThat(outcome(() -> encode(codec, text.toString())))
                    .as(text.toString())
                    .isEqualTo(outcome(() -> codec.encodeJson(tree(text.toString()))));
        });
    }

    private static JsonNode tree(String text) throws IOException {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        JsonNode node = MAPPER.reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(json);
        if (node.isMissingNode()) {
            throw new InvalidInputException("nothing");
        }
        return node;
    }

    /** The bytes in hex; or that it is refused, as JSON or as a key. */
    private static String outcome(Callable<byte[]> encode) {
        try {
            return HexFormat.of().formatHex(encode.call());
        } catch (InvalidInputException | IOException e) {
            return "refused";
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theParserIsLeftAtTheLastTokenOfTheKey() throws IOException {
        try (JsonParser json = MAPPER.createParser("[[\"a\",1],[\"\",-2]]")) {
            KeyBytes out = new KeyBytes();
            json.nextToken();
            json.nextToken();
            ROUTE.appendJson(json, out);
            int first = out.length();
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            ROUTE.appendJson(json, out);
            assertThat(json.nextToken()).isEqualTo(JsonToken.END_ARRAY);
            assertThat(out.copyFrom(first)).isEqualTo(ROUTE.encode(List.of("", -2)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"a\"", "[]", "[\"a\"]", "[\"a\",1,2]", "[1,\"a\"]", "[\"a\",1.5]", "{}", "null", "[[\"a\"],1]"
            })
    void aRecordKeyOfAnotherShapeIsRefused(String json) {
        assertThatThrownBy(() -> encode(ROUTE, json)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aPrefixIsWhatTheKeysOfARangeBeginWith() {
        KeyCodec text = KeyCodec.of(Schema.create(Schema.Type.STRING));
        KeyCodec bytes = KeyCodec.of(RandomKeys.schema(Schema.Type.FIXED));

        assertThat(text.encodePrefix(List.of("Zü"))).isEqualTo("Zü".getBytes(StandardCharsets.UTF_8));
        assertThat(bytes.encodePrefix(List.of("AQI="))).containsExactly(1, 2);
        assertThat(ROUTE.encodePrefix(List.of("a"))).containsExactly('a', 0, 1);
        assertThatThrownBy(() -> KeyCodec.of(Schema.create(Schema.Type.LONG)).encodePrefix(List.of("1")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("from and to");
    }

    private static byte[] written(KeyCodec codec, byte[] key) {
        byte[] around = new byte[key.length + 5];
        System.arraycopy(key, 0, around, 3, key.length);
        JsonBytes out = new JsonBytes();
        codec.writeJson(around, 3, key.length, out);
        return out.toByteArray();
    }

    private static byte[] encode(KeyCodec codec, String json) throws IOException {
        try (JsonParser parser = MAPPER.createParser(json.getBytes(StandardCharsets.UTF_8))) {
            KeyBytes out = new KeyBytes(0);
            parser.nextToken();
            codec.appendJson(parser, out);
            if (parser.nextToken() != null) {
                throw new InvalidInputException("more");
            }
            return out.copyFrom(0);
        }
    }
}
