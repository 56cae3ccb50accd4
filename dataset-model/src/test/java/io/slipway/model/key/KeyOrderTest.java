package io.slipway.model.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.value.Seeded;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyOrderTest {

    static Stream<Schema.Type> types() {
        return RandomKeys.TYPES.stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void bytesCompareAsTheValuesDo(Schema.Type type) {
        KeyCodec codec = KeyCodec.of(RandomKeys.schema(type));
        Seeded.times(2_000, random -> {
            Object a = RandomKeys.value(type, random);
            Object b = RandomKeys.value(type, random);
            assertSameOrder(
                    Arrays.compareUnsigned(codec.encode(a), codec.encode(b)),
                    RandomKeys.order(type).compare(a, b));
        });
    }

    @Test
    void bytesOfRecordKeysCompareFieldByField() {
        Seeded.times(5_000, random -> {
            List<Schema.Type> types = RandomKeys.types(random);
            KeyCodec codec = KeyCodec.of(RandomKeys.record(types));
            List<Object> a = RandomKeys.record(types, random);
            List<Object> b = RandomKeys.record(types, random);
            assertSameOrder(
                    Arrays.compareUnsigned(codec.encode(a), codec.encode(b)),
                    RandomKeys.order(types).compare(a, b));
        });
    }

    @Test
    void keysThatShareTheirFirstFieldsShareTheirBytesAndNoOtherKeyBeginsWithThem() {
        Seeded.times(5_000, random -> {
            List<Schema.Type> types = RandomKeys.types(random);
            KeyCodec codec = KeyCodec.of(RandomKeys.record(types));
            List<Object> a = RandomKeys.record(types, random);
            List<Object> b = RandomKeys.record(types, random);
            int count = 1 + random.nextInt(types.size());
            byte[] key = codec.encode(a);
            byte[] prefix = Arrays.copyOf(key, codec.prefixLength(key, 0, key.length, count));

            boolean sameFields = RandomKeys.order(types.subList(0, count)).compare(a, b) == 0;
            assertThat(startsWith(codec.encode(b), prefix)).isEqualTo(sameFields);
        });
    }

    @Test
    void aPrefixIsFoundInTheMiddleOfAnArray() {
        KeyCodec codec = KeyCodec.of(RandomKeys.record(List.of(Schema.Type.STRING, Schema.Type.INT)));
        byte[] key = codec.encode(List.of("a\u0000", 7));
        byte[] around = new byte[key.length + 9];
        new Random(1).nextBytes(around);
        System.arraycopy(key, 0, around, 5, key.length);

        assertThat(codec.prefixLength(around, 5, key.length, 1)).isEqualTo(5);
        assertThat(codec.prefixLength(around, 5, key.length, 2)).isEqualTo(9);
    }

    private static void assertSameOrder(int bytes, int values) {
        assertThat(Integer.signum(bytes)).isEqualTo(Integer.signum(values));
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
