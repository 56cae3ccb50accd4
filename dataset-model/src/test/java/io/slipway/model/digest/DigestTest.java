package io.slipway.model.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyVectors;
import io.slipway.model.value.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

    private static final byte[] KEY = "FRA-JFK".getBytes(StandardCharsets.UTF_8);

    static Stream<JsonNode> records() {
        return KeyVectors.list("records");
    }

    /** Over {@code 00000007 4652412d4a464b 00000001 02}, by the reference implementation of xxHash. */
    @Test
    void aRecordHasTheHashThatTheReferenceImplementationGivesIt() {
        DigestBuilder builder = new DigestBuilder();
        builder.add(KEY, new byte[] {2});

        assertThat(builder.digest()).isEqualTo(new Digest(0x29bb021b3d377dd2L, 1));
        assertThat(builder.digest().hex()).isEqualTo("29bb021b3d377dd2");
    }

    /** Over {@code 00000007 4652412d4a464b ffffffff}. */
    @Test
    void aDeleteHasAHashOfItsOwn() {
        DigestBuilder builder = new DigestBuilder();
        builder.addDelete(KEY);

        assertThat(builder.digest().hex()).isEqualTo("3193725bf5801e11");
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordHasTheHashOfItsVector(JsonNode vector) {
        DigestBuilder builder = new DigestBuilder();
        add(vector, builder);

        assertThat(builder.digest().hex()).isEqualTo(vector.get("hash").textValue());
    }

    @Test
    void theDigestOfTheVectorsIsTheirSum() {
        DigestBuilder builder = new DigestBuilder();
        records().forEach(vector -> add(vector, builder));

        JsonNode expected = KeyVectors.field("digest");
        assertThat(builder.digest())
                .isEqualTo(Digest.of(
                        expected.get("sum").textValue(), expected.get("records").longValue()));
    }

    @Test
    void theOrderOfTheRecordsAndTheirSplitOverPartitionsDoNotMatter() {
        Seeded.times(200, random -> {
            List<byte[]> keys = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                byte[] key = new byte[random.nextInt(700)];
                random.nextBytes(key);
                keys.add(key);
            }
            DigestBuilder inOrder = new DigestBuilder();
            keys.forEach(key -> inOrder.add(key, key));
            Collections.shuffle(keys, random);
            DigestBuilder some = new DigestBuilder();
            DigestBuilder others = new DigestBuilder();
            keys.forEach(key -> (random.nextBoolean() ? some : others).add(key, key));

            assertThat(some.digest().plus(others.digest())).isEqualTo(inOrder.digest());
        });
    }

    @Test
    void rangesOfArraysCountAsTheirBytes() {
        DigestBuilder ranges = new DigestBuilder();
        ranges.add("xFRA-JFKx".getBytes(StandardCharsets.UTF_8), 1, 7, new byte[] {9, 9, 2, 9}, 2, 1);
        DigestBuilder whole = new DigestBuilder();
        whole.add(KEY, new byte[] {2});

        assertThat(ranges.digest()).isEqualTo(whole.digest());
    }

    @Test
    void whatIsKeyAndWhatIsValueMatters() {
        DigestBuilder some = new DigestBuilder();
        some.add(new byte[] {1, 2}, new byte[] {3});
        DigestBuilder others = new DigestBuilder();
        others.add(new byte[] {1}, new byte[] {2, 3});

        assertThat(some.digest()).isNotEqualTo(others.digest());
    }

    @Test
    void aDigestReadsBackFromItsHex() {
        Digest digest = new Digest(-1, 3);

        assertThat(digest.hex()).isEqualTo("ffffffffffffffff");
        assertThat(Digest.of(digest.hex(), 3)).isEqualTo(digest);
        assertThat(Digest.EMPTY.hex()).isEqualTo("0000000000000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "00000000000000000", "000000000000000g", "00000000000000AB"})
    void whatIsNotSixteenHexDigitsIsRefused(String hex) {
        assertThatThrownBy(() -> Digest.of(hex, 1)).isInstanceOf(InvalidInputException.class);
    }

    private static void add(JsonNode vector, DigestBuilder builder) {
        byte[] key = KeyVectors.hex(vector, "key");
        if (vector.has("delete")) {
            builder.addDelete(key);
        } else {
            builder.add(key, KeyVectors.hex(vector, "value"));
        }
    }
}
