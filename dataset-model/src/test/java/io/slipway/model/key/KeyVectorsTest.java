package io.slipway.model.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors were made by another implementation, in another language. */
class KeyVectorsTest {

    static Stream<JsonNode> keys() {
        return KeyVectors.list("keys");
    }

    static Stream<JsonNode> ascending() {
        return KeyVectors.list("ascending");
    }

    static Stream<JsonNode> refusedSchemas() {
        return KeyVectors.list("refusedSchemas");
    }

    static Stream<JsonNode> refusedKeys() {
        return KeyVectors.list("refusedKeys");
    }

    static Stream<JsonNode> damagedKeys() {
        return KeyVectors.list("damagedKeys");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyHasTheBytesOfItsVector(JsonNode vector) {
        byte[] encoded = codec(vector).encodeJson(vector.get("key"));

        assertThat(HexFormat.of().formatHex(encoded))
                .isEqualTo(vector.get("encoded").textValue());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theBytesOfAVectorReadBackAsItsKey(JsonNode vector) {
        KeyCodec codec = codec(vector);
        byte[] encoded = KeyVectors.hex(vector, "encoded");

        assertThat(codec.encodeJson(codec.toJson(encoded))).isEqualTo(encoded);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyFieldEndsWhereItsVectorSays(JsonNode vector) {
        byte[] encoded = KeyVectors.hex(vector, "encoded");
        JsonNode ends = vector.get("fieldEnds");

        for (int count = 1; count <= ends.size(); count++) {
            assertThat(codec(vector).prefixLength(encoded, 0, encoded.length, count))
                    .isEqualTo(ends.get(count - 1).intValue());
        }
    }

    @ParameterizedTest
    @MethodSource("ascending")
    void keysInAscendingOrderHaveBytesInAscendingOrder(JsonNode vector) {
        KeyCodec codec = codec(vector);

        assertThat(StreamSupport.stream(vector.get("keys").spliterator(), false).map(codec::encodeJson))
                .isSortedAccordingTo(Arrays::compareUnsigned)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("refusedSchemas")
    void aSchemaThatCannotBeOfAKeyIsRefused(JsonNode schema) {
        assertThatThrownBy(() -> KeyCodec.of(KeyVectors.schema(schema))).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @MethodSource("refusedKeys")
    void aValueThatCannotBeAKeyIsRefused(JsonNode vector) {
        KeyCodec codec = codec(vector);

        assertThatThrownBy(() -> codec.encodeJson(vector.get("key"))).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @MethodSource("damagedKeys")
    void bytesThatNoKeyEncodesToAreRefused(JsonNode vector) {
        KeyCodec codec = codec(vector);

        assertThatThrownBy(() -> codec.decode(KeyVectors.hex(vector, "encoded")))
                .isInstanceOf(CorruptDataException.class);
    }

    private static KeyCodec codec(JsonNode vector) {
        return KeyCodec.of(KeyVectors.schema(vector.get("schema")));
    }
}
