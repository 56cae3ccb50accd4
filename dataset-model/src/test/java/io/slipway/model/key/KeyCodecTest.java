package io.slipway.model.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.value.Seeded;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

class KeyCodecTest {

    private static final Schema ROUTE = SchemaBuilder.record("Route")
            .fields()
            .requiredString("origin")
            .requiredLong("day")
            .endRecord();

    @Test
    void everyKeyReadsBackAsItself() {
        Seeded.times(5_000, random -> {
            List<Schema.Type> types = RandomKeys.types(random);
            KeyCodec codec = KeyCodec.of(RandomKeys.record(types));
            List<Object> key = RandomKeys.record(types, random);

            List<Object> decoded = codec.decode(codec.encode(key));

            assertThat(RandomKeys.order(types).compare(decoded, key)).isZero();
        });
    }

    @Test
    void everyKeyReadsBackFromItsTextAndJson() {
        Seeded.times(5_000, random -> {
            List<Schema.Type> types = RandomKeys.types(random);
            KeyCodec codec = KeyCodec.of(RandomKeys.record(types));
            byte[] key = codec.encode(RandomKeys.record(types, random));

            List<Object> values = codec.decode(key);
            List<String> texts = codec.fields().stream()
                    .map(field -> field.type().text(values.get(codec.fields().indexOf(field))))
                    .toList();
            assertThat(codec.encodeText(texts)).isEqualTo(key);
            assertThat(codec.encodeJson(parse(codec.toJson(key).toString()))).isEqualTo(key);
        });
    }

    @Test
    void noTruncationOfARecordKeyIsTakenForAKey() {
        Seeded.times(1_000, random -> {
            List<Schema.Type> types = RandomKeys.types(random);
            KeyCodec codec = KeyCodec.of(RandomKeys.record(types));
            byte[] key = codec.encode(RandomKeys.record(types, random));
            for (int length = 0; length < key.length; length++) {
                byte[] part = Arrays.copyOf(key, length);
                assertThatThrownBy(() -> codec.decode(part)).isInstanceOf(CorruptDataException.class);
            }
        });
    }

    @Test
    void whateverDecodesEncodesToTheSameBytes() {
        Seeded.times(20_000, random -> {
            List<Schema.Type> types = RandomKeys.types(random);
            KeyCodec codec = KeyCodec.of(RandomKeys.record(types));
            byte[] key = codec.encode(RandomKeys.record(types, random));
            if (key.length > 0) {
                key[random.nextInt(key.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(codec.encode(codec.decode(key))).isEqualTo(key);
            } catch (CorruptDataException e) {
                assertThat(e).hasMessageContaining("An encoded key is damaged");
            }
        });
    }

    @Test
    void aRecordKeyIsTakenAsAvroRecordOrAsList() {
        GenericRecord route = new GenericData.Record(ROUTE);
        route.put("origin", new Utf8("FRA"));
        route.put("day", 3L);

        assertThat(KeyCodec.of(ROUTE).encode(route))
                .isEqualTo(KeyCodec.of(ROUTE).encode(List.of("FRA", 3)));
    }

    @Test
    void bytesAreTakenInAnyOfTheirJavaTypes() {
        KeyCodec codec = KeyCodec.of(Schema.create(Schema.Type.BYTES));
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2);

        assertThat(codec.encode(buffer)).isEqualTo(codec.encode(new byte[] {1, 2}));
        assertThat(buffer.remaining()).isEqualTo(2);
    }

    @Test
    void fewerTextsGiveThePrefixOfARecordKey() {
        byte[] prefix = KeyCodec.of(ROUTE).encodeText(List.of("FRA"));

        assertThat(prefix).isEqualTo(new byte[] {'F', 'R', 'A', 0, 1});
    }

    @Test
    void aWrongNumberOfTextsIsRefusedWithTheNamesOfTheFields() {
        KeyCodec codec = KeyCodec.of(ROUTE);

        assertThatThrownBy(() -> codec.encodeText(List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("(origin, day)");
        assertThatThrownBy(() -> codec.encodeText(List.of("FRA", "1", "2")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("3 were given");
    }

    @Test
    void aValueOfAnotherTypeIsRefusedWithFieldAndValue() {
        KeyCodec codec = KeyCodec.of(ROUTE);

        assertThatThrownBy(() -> codec.encodeText(List.of("FRA", "today")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'day'")
                .hasMessageContaining("'today'");
        assertThatThrownBy(() -> codec.encode(List.of("FRA", 1.0))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> codec.encode("FRA")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void nullAndNanAreRefused() {
        KeyCodec doubles = KeyCodec.of(Schema.create(Schema.Type.DOUBLE));
        KeyCodec nullable = KeyCodec.of(SchemaBuilder.nullable().stringType());

        assertThatThrownBy(() -> doubles.encode(Double.NaN)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> doubles.encodeText(List.of("NaN"))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> nullable.encode(null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("null");
    }

    @Test
    void aNumberBeyondItsTypeIsRefusedRatherThanRounded() {
        assertThatThrownBy(() -> KeyCodec.of(Schema.create(Schema.Type.DOUBLE)).encodeText(List.of("1e400")))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> KeyCodec.of(Schema.create(Schema.Type.FLOAT)).encodeText(List.of("1e39")))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> KeyCodec.of(Schema.create(Schema.Type.INT)).encodeText(List.of("2147483648")))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void decimalsOfEitherKindAreRefused() {
        Schema bytes = Schema.create(Schema.Type.BYTES);
        Schema big = LogicalTypes.bigDecimal().addToSchema(Schema.create(Schema.Type.BYTES));

        assertThatThrownBy(() -> KeyCodec.of(LogicalTypes.decimal(9, 2).addToSchema(bytes)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("decimal");
        assertThatThrownBy(() -> KeyCodec.of(big)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void bothAlphabetsOfBase64AreRead() {
        KeyCodec codec = KeyCodec.of(Schema.create(Schema.Type.BYTES));

        assertThat(codec.encodeText(List.of("-_8"))).isEqualTo(codec.encodeText(List.of("+/8=")));
    }

    @Test
    void aKeyIsDescribedByTheTextsOfItsFields() {
        KeyCodec codec = KeyCodec.of(ROUTE);

        assertThat(codec.describe(codec.encode(List.of("FRA", 3L)))).isEqualTo("FRA, 3");
        assertThat(codec.toJson(codec.encode(List.of("FRA", 3L)))).hasToString("[\"FRA\",3]");
    }

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
