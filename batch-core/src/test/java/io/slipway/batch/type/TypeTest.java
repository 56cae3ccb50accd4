package io.slipway.batch.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.SerializableFunction;
import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueCodec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class TypeTest {

    enum Part {
        MORNING,
        EVENING
    }

    record Inner(String name, Optional<Integer> count) {}

    record Everything(
            String text,
            int number,
            long large,
            float single,
            double real,
            boolean flag,
            Part part,
            LocalDate date,
            Instant time,
            Inner inner,
            List<Inner> list,
            Optional<String> maybe) {}

    record Key(String first, int second, String third, double fourth, long fifth, boolean sixth) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Holder(int[] counts, byte[] bytes, double[] reals) {}

    record Looped(Optional<Looped> next) {}

    private final Random random = new Random(42);

    @Test
    void aValueIsReadBackAsItWasWritten() {
        Type<Everything> type = Type.of(Everything.class);
        for (int i = 0; i < 200; i++) {
            Everything value = everything();
            byte[] bytes = bytes(type, value);
            assertThat(type.read(new BinaryIn().set(bytes, 0, bytes.length))).isEqualTo(value);
        }
    }

    @Test
    void aValueIsTheAvroBinaryOfItsSchema() {
        Type<Everything> type = Type.of(Everything.class);
        ValueCodec codec = ValueCodec.of(type.schema());
        for (int i = 0; i < 200; i++) {
            byte[] bytes = bytes(type, everything());
            assertThat(codec.encode(codec.decode(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void arraysAreReadBackAsTheyWereWritten() {
        Type<Holder> type = Type.of(Holder.class);
        byte[] bytes = bytes(type, new Holder(new int[] {1, -2, 3}, new byte[] {4, 0}, new double[] {}));
        Holder read = type.read(new BinaryIn().set(bytes, 0, bytes.length));
        assertThat(read.counts()).containsExactly(1, -2, 3);
        assertThat(read.bytes()).containsExactly(4, 0);
        assertThat(read.reals()).isEmpty();
    }

    @Test
    void aKeyIsEncodedAsTheKeyCodecDoes() {
        Type<Key> type = Type.of(Key.class);
        KeyCodec codec = KeyCodec.of(type.schema());
        for (int i = 0; i < 500; i++) {
            Key key = new Key(text(), random.nextInt(), text(), random.nextGaussian(), random.nextLong(), i % 2 == 0);
            BinaryOut out = new BinaryOut();
            type.writeKey(key, out);
            List<Object> fields = List.of(key.first, key.second, key.third, key.fourth, key.fifth, key.sixth);
            assertThat(out.toByteArray()).isEqualTo(codec.encode(fields));
            assertThat(type.readKey(out.toByteArray())).isEqualTo(key);
        }
    }

    @Test
    void genericRecordsAreKeysAndValues() {
        Type<GenericRecord> type = Type.generic(Type.of(Key.class).schema());
        GenericRecord key = new GenericData.Record(type.schema());
        List<Object> fields = List.of("a", 1, "b", 0.5, 7L, true);
        for (int i = 0; i < fields.size(); i++) {
            key.put(i, fields.get(i));
        }
        BinaryOut out = new BinaryOut();
        type.writeKey(key, out);
        assertThat(type.readKey(out.toByteArray())).hasToString(key.toString());
        byte[] bytes = bytes(type, key);
        assertThat(type.read(new BinaryIn().set(bytes, 0, bytes.length))).hasToString(key.toString());
    }

    @Test
    void whatCannotBeAKeyIsRefused() {
        Type<Double> real = Type.of(Double.class);
        assertThatThrownBy(() -> real.writeKey(Double.NaN, new BinaryOut())).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Type.of(String.class).writeKey("\ud800", new BinaryOut()))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Type.of(Holder.class)
                        .writeKey(new Holder(new int[0], new byte[0], new double[0]), new BinaryOut()))
                .isInstanceOf(InvalidInputException.class);
        Type<Inner> inner = Type.of(Inner.class);
        assertThatThrownBy(() -> inner.writeKey(new Inner("a", Optional.empty()), new BinaryOut()))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void typesThatAreNotSupportedAreRefused() {
        assertThatThrownBy(() -> Type.of(Object.class)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Type.of(Looped.class)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void theTypeOfAFunctionsResultIsFoundOut() {
        assertThat(inferred(Everything::text).schema()).hasToString("\"string\"");
        assertThat(inferred(Everything::inner)).isSameAs(Type.of(Inner.class));
        assertThat(inferred(value -> value.number() + 1L).schema()).hasToString("\"long\"");
        assertThat(inferred(Everything::list).schema())
                .isEqualTo(Type.listOf(Type.of(Inner.class)).schema());
        assertThat(inferred(value -> new Inner(value.text(), Optional.empty()))).isSameAs(Type.of(Inner.class));
    }

    @Test
    void whereItCannotBeFoundOutTheMessageSaysToGiveIt() {
        assertThatThrownBy(() -> inferred(value -> List.of(value.text())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("keyBy")
                .hasMessageContaining("Give a Type");
    }

    private static <R> Type<R> inferred(SerializableFunction<Everything, R> function) {
        return TypeInference.resultOf(function, SerializableFunction.class, 1, "keyBy");
    }

    private static <T> byte[] bytes(Type<T> type, T value) {
        BinaryOut out = new BinaryOut();
        type.write(value, out);
        return Arrays.copyOf(out.array(), out.size());
    }

    private Everything everything() {
        Inner inner = new Inner(text(), Optional.of(random.nextInt()));
        return new Everything(
                text(),
                random.nextInt(),
                random.nextLong(),
                random.nextFloat(),
                random.nextDouble(),
                random.nextBoolean(),
                Part.values()[random.nextInt(2)],
                LocalDate.ofEpochDay(random.nextInt(40_000)),
                Instant.ofEpochSecond(random.nextInt(), 5_000),
                inner,
                random.nextBoolean() ? List.of() : List.of(inner, new Inner(text(), Optional.empty())),
                random.nextBoolean() ? Optional.empty() : Optional.of(text()));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> 0;
                        case 1 -> 'a' + random.nextInt(26);
                        case 2 -> 0xe0 + random.nextInt(30);
                        default -> 0x1f600 + random.nextInt(30);
                    });
        }
        return text.toString();
    }
}
