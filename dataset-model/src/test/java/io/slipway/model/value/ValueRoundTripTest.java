package io.slipway.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CorruptDataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Random data of random schemas, against Avro's own reader and writer. */
class ValueRoundTripTest {

    private static final int CASES = 3_000;

    /** One case: a schema, a datum of it, and the datum's value. */
    private static final class Case {
        private final Random random;
        private final Schema schema;
        private final Object datum;
        private final ValueCodec codec;
        private final byte[] value;

        Case(Random random) {
            RandomValues values = new RandomValues(random);
            this.random = random;
            this.schema = values.schema(4);
            this.datum = values.datum(schema);
            this.codec = ValueCodec.of(schema);
            this.value = codec.encode(datum);
        }
    }

    @Test
    void avroReadsWhatTheCodecWrites() {
        forEachCase(test ->
                assertThat(same(test, readByAvro(test.schema, test.value))).isTrue());
    }

    @Test
    void theCodecReadsWhatItWrites() {
        forEachCase(test -> {
            byte[] around = around(test.value);
            assertThat(same(test, test.codec.decode(test.value))).isTrue();
            assertThat(same(test, test.codec.decode(around, 3, test.value.length)))
                    .isTrue();
            assertThat(test.codec.encode(test.codec.decode(test.value))).isEqualTo(test.value);
        });
    }

    @Test
    void theCodecReadsWhatAvroWritesInBlocksOfAnySize() {
        forEachCase(test -> {
            byte[] blocks = writeByAvro(test.schema, test.datum);
            assertThat(same(test, test.codec.decode(blocks))).isTrue();
            ExpectedJson.assertIsOf(
                    test.schema,
                    test.datum,
                    ExpectedJson.parse(ValueJson.of(test.schema).toJson(blocks)));
        });
    }

    @Test
    void theJsonIsThatOfTheDatum() {
        forEachCase(test -> {
            byte[] json = ValueJson.of(test.schema).toJson(test.value);
            ExpectedJson.assertIsOf(test.schema, test.datum, ExpectedJson.parse(json));
        });
    }

    @Test
    void theJsonOfARangeIsAppended() {
        forEachCase(test -> {
            JsonBytes out = new JsonBytes(0).raw("[1,");
            ValueJson json = ValueJson.of(test.schema);
            json.write(around(test.value), 3, test.value.length, out);
            assertThat(out.raw(']').toByteArray())
                    .isEqualTo(new JsonBytes()
                            .raw("[1,")
                            .raw(json.toJson(test.value))
                            .raw("]")
                            .toByteArray());
        });
    }

    @Test
    void noTruncationAndNoByteMoreIsTakenForAValue() {
        forEachCase(test -> {
            for (int length = 0; length < test.value.length; length++) {
                int part = length;
                assertThatThrownBy(() -> test.codec.check(test.value, 0, part))
                        .isInstanceOf(CorruptDataException.class);
            }
            byte[] longer = Arrays.copyOf(test.value, test.value.length + 1);
            assertThatThrownBy(() -> test.codec.check(longer, 0, longer.length))
                    .isInstanceOf(CorruptDataException.class);
        });
    }

    @Test
    void damagedValuesAreRefusedOrReadInEveryWayAlike() {
        forEachCase(test -> {
            byte[] damaged = damaged(test.value, test.random);
            boolean sound = passes(() -> test.codec.check(damaged, 0, damaged.length));
            assertThat(passes(() -> test.codec.decode(damaged))).isEqualTo(sound);
            assertThat(passes(() -> ValueJson.of(test.schema).toJson(damaged))).isEqualTo(sound);
        });
    }

    @Test
    void aRefusedValueLeavesNothingInTheOutput() {
        forEachCase(test -> {
            JsonBytes out = new JsonBytes().raw("before");
            byte[] longer = Arrays.copyOf(test.value, test.value.length + 1);
            assertThatThrownBy(() -> ValueJson.of(test.schema).write(longer, 0, longer.length, out))
                    .isInstanceOf(CorruptDataException.class);
            assertThat(out.length()).isEqualTo("before".length());
        });
    }

    private static void forEachCase(Consumer<Case> property) {
        Seeded.times(CASES, random -> property.accept(new Case(random)));
    }

    private static boolean same(Case test, Object other) {
        Schema.Field field = new Schema.Field("held", test.schema, null, (Object) null);
        Schema holder = Schema.createRecord("Holder", null, null, false, List.of(field));
        return held(holder, test.datum).equals(held(holder, other));
    }

    /** Avro's equality is that of its records. */
    private static GenericData.Record held(Schema holder, Object datum) {
        GenericData.Record held = new GenericData.Record(holder);
        held.put(0, datum);
        return held;
    }

    private static boolean passes(Runnable read) {
        try {
            read.run();
            return true;
        } catch (CorruptDataException e) {
            return false;
        }
    }

    private static byte[] damaged(byte[] value, Random random) {
        byte[] damaged = Arrays.copyOf(value, Math.max(0, value.length + random.nextInt(3) - 1));
        for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    private static byte[] around(byte[] value) {
        byte[] around = new byte[value.length + 7];
        Arrays.fill(around, (byte) 0x55);
        System.arraycopy(value, 0, around, 3, value.length);
        return around;
    }

    private static Object readByAvro(Schema schema, byte[] value) {
        try {
            return new GenericDatumReader<>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(value, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] writeByAvro(Schema schema, Object datum) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<>(schema).write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
