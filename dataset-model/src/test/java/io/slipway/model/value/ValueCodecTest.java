package io.slipway.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueCodecTest {

    private static final Schema LIST = new Schema.Parser().parse("""
            {"type": "record", "name": "Link", "fields": [
              {"name": "next", "type": ["null", "Link"]}]}""");
    private static final Schema STOPS = new Schema.Parser().parse("""
            {"type": "record", "name": "Route", "fields": [
              {"name": "stops", "type": {"type": "array", "items":
                {"type": "record", "name": "Stop", "fields": [{"name": "minutes", "type": "int"}]}}},
              {"name": "labels", "type": {"type": "map", "values": "string"}}]}""");

    @Test
    void equalMapsHaveEqualBytesWhateverTheirOrderAndTypes() {
        ValueCodec codec = codec("{\"type\": \"map\", \"values\": \"int\"}");
        Map<CharSequence, Integer> some = new LinkedHashMap<>();
        Map<CharSequence, Integer> others = new LinkedHashMap<>();
        List<String> keys = List.of("b", "", "\uffff", "🚢", "a\u0000", "a");
        for (int i = 0; i < keys.size(); i++) {
            int last = keys.size() - 1 - i;
            some.put(keys.get(i), i);
            others.put(new Utf8(keys.get(last)), last);
        }

        assertThat(codec.encode(some)).isEqualTo(codec.encode(others));
        assertThat(codec.encode(Map.of("b", 1, "a", 2))).isEqualTo(new byte[] {4, 2, 'a', 4, 2, 'b', 2, 0});
    }

    @Test
    void twoEntriesOfOneKeyAreRefused() {
        Map<CharSequence, Integer> map = new HashMap<>();
        map.put("a", 1);
        map.put(new Utf8("a"), 2);

        assertThatThrownBy(
                        () -> codec("{\"type\": \"map\", \"values\": \"int\"}").encode(map))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("[a]");
    }

    @Test
    void aDatumThatDoesNotFitIsRefusedWithFieldAndValue() {
        Schema stop = STOPS.getField("stops").schema().getElementType();
        GenericRecord good = new GenericRecordBuilder(stop).set("minutes", 3).build();
        GenericRecord bad = new GenericData.Record(stop);
        bad.put("minutes", "soon");
        GenericRecord route = new GenericData.Record(STOPS);
        route.put("labels", Map.of());
        route.put("stops", List.of(good, bad));

        assertThatThrownBy(() -> ValueCodec.of(STOPS).encode(route))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Field 'stops[1].minutes' is of type int, and 'soon' (String) is not."
                        + " Give a value of that type.");
    }

    @Test
    void aFieldThatWasNotSetIsRefusedUnlessItMayBeNull() {
        GenericRecord route = new GenericData.Record(STOPS);

        assertThatThrownBy(() -> ValueCodec.of(STOPS).encode(route))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'stops'")
                .hasMessageContaining("null");
        assertThat(ValueCodec.of(LIST).encode(new GenericData.Record(LIST))).isEqualTo(new byte[] {0});
    }

    @ParameterizedTest
    @CsvSource({
        "int, 5000000000",
        "int, 1.5",
        "float, 1.5",
        "long, 1.5",
        "boolean, 1",
        "string, 1",
        "bytes, 1",
        "null, 1"
    })
    void numbersAreNeverCutToFit(String type, String number) {
        Object datum = number.contains(".") ? (Object) Double.valueOf(number) : Long.valueOf(number);

        assertThatThrownBy(() -> codec('"' + type + '"').encode(datum)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void numbersWidenWhereNothingIsLost() {
        assertThat(codec("\"long\"").encode(7)).isEqualTo(codec("\"long\"").encode(7L));
        assertThat(codec("\"double\"").encode(7)).isEqualTo(codec("\"double\"").encode(7.0));
        assertThat(codec("\"double\"").encode(0.5f))
                .isEqualTo(codec("\"double\"").encode(0.5));
    }

    @Test
    void aUnionTakesTheBranchOfTheJavaTypeBeforeOneThatItWidensTo() {
        ValueCodec codec = codec("[\"double\", \"long\", \"int\", \"string\"]");

        assertThat(codec.encode(1)[0]).isEqualTo((byte) 4);
        assertThat(codec.encode(1L)[0]).isEqualTo((byte) 2);
        assertThat(codec.encode(1f)[0]).isEqualTo((byte) 0);
        assertThatThrownBy(() -> codec.encode(true)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aUnionPicksARecordByItsSchema() {
        Schema left = SchemaBuilder.record("Left").fields().requiredInt("a").endRecord();
        Schema right = SchemaBuilder.record("Right").fields().requiredInt("a").endRecord();
        ValueCodec codec = ValueCodec.of(Schema.createUnion(left, right));

        assertThat(codec.encode(new GenericRecordBuilder(right).set("a", 1).build()))
                .isEqualTo(new byte[] {2, 2});
    }

    @Test
    void aRecordOfAnotherSchemaIsRefusedAndOfAnEqualOneTaken() {
        Schema same = new Schema.Parser().parse(LIST.toString());
        Schema other = SchemaBuilder.record("Link").fields().requiredInt("next").endRecord();
        GenericRecord record = new GenericData.Record(other);
        record.put("next", 1);

        assertThat(ValueCodec.of(LIST).encode(new GenericData.Record(same))).isEqualTo(new byte[] {0});
        assertThatThrownBy(() -> ValueCodec.of(LIST).encode(record)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void enumsAreTakenBySymbolAndByName() {
        ValueCodec codec = codec("{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\", \"B\"]}");

        assertThat(codec.encode("B")).isEqualTo(new byte[] {2});
        assertThat(codec.encode(new GenericData.EnumSymbol(codec.schema(), "B")))
                .isEqualTo(new byte[] {2});
        assertThatThrownBy(() -> codec.encode("C"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("[A, B]");
    }

    @Test
    void bytesAreTakenInAnyOfTheirJavaTypesAndLeftAsTheyAre() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2);

        assertThat(codec("\"bytes\"").encode(buffer)).isEqualTo(new byte[] {4, 1, 2});
        assertThat(buffer.remaining()).isEqualTo(2);
        assertThat(codec("\"bytes\"").encode(new byte[] {1, 2})).isEqualTo(new byte[] {4, 1, 2});
        assertThatThrownBy(() -> codec("{\"type\": \"fixed\", \"name\": \"F\", \"size\": 3}")
                        .encode(buffer))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("3 bytes");
    }

    @Test
    void textThatIsNotUnicodeIsRefused() {
        ValueCodec codec = codec("\"string\"");
        Utf8 malformed = new Utf8(new byte[] {'a', (byte) 0xc0, (byte) 0xaf});

        assertThatThrownBy(() -> codec.encode("a\ud800")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> codec.encode(malformed)).isInstanceOf(InvalidInputException.class);
        assertThat(codec.decode(codec.encode("really?"))).hasToString("really?");
    }

    @Test
    void aDatumThatContainsItselfIsRefused() {
        GenericRecord link = new GenericData.Record(LIST);
        link.put("next", link);

        assertThatThrownBy(() -> ValueCodec.of(LIST).encode(link))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("512");
    }

    @Test
    void aRecursiveDatumReadsBackUpToTheLimitOfDepth() {
        GenericRecord link = new GenericData.Record(LIST);
        for (int depth = 1; depth < BinaryCursor.MAX_DEPTH; depth++) {
            link = new GenericRecordBuilder(LIST).set("next", link).build();
        }
        ValueCodec codec = ValueCodec.of(LIST);

        byte[] value = codec.encode(link);

        assertThat(codec.encode(codec.decode(value))).isEqualTo(value);
        assertThat(ExpectedJson.parse(ValueJson.of(LIST).toJson(value)).has("next"))
                .isTrue();
    }

    @Test
    void bytesThatNestWithoutEndAreRefused() {
        byte[] hostile = new byte[5_000_000];
        Arrays.fill(hostile, (byte) 2);

        assertThatThrownBy(() -> ValueCodec.of(LIST).decode(hostile)).isInstanceOf(CorruptDataException.class);
        assertThatThrownBy(() -> ValueJson.of(LIST).toJson(hostile)).isInstanceOf(CorruptDataException.class);
    }

    @Test
    void bytesThatClaimHugeLengthsOrCountsAreRefused() {
        byte[] huge = {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1, 0};

        assertRefused("\"bytes\"", huge);
        assertRefused("\"string\"", huge);
        assertRefused("{\"type\": \"array\", \"items\": \"null\"}", huge);
        assertRefused("{\"type\": \"map\", \"values\": \"null\"}", huge);
        assertRefused("{\"type\": \"array\", \"items\": {\"type\": \"array\", \"items\": \"null\"}}", huge);
    }

    @Test
    void emptyItemsHaveALimitThatBothSidesKnow() {
        ValueCodec codec = codec("{\"type\": \"array\", \"items\": \"null\"}");
        byte[] most = codec.encode(Collections.nCopies(BinaryCursor.MAX_EMPTY_ITEMS, null));
        codec.check(most, 0, most.length);

        assertThatThrownBy(() -> codec.encode(Collections.nCopies(BinaryCursor.MAX_EMPTY_ITEMS + 10, null)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void numbersThatDoNotFitTheirTypeAreRefused() {
        assertRefused("\"int\"", new byte[] {-1, -1, -1, -1, 0x1f});
        assertRefused("\"int\"", new byte[] {-1, -1, -1, -1, -1, 0});
        assertRefused("\"long\"", new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 2});
        assertRefused("\"long\"", new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0});
        assertRefused("\"boolean\"", new byte[] {2});
        assertRefused("[\"null\", \"int\"]", new byte[] {4, 0});
        assertRefused("[\"null\", \"int\"]", new byte[] {1});
    }

    @ParameterizedTest
    @CsvSource({
        "80",
        "c080",
        "c1bf",
        "e09fbf",
        "eda080",
        "edbfbf",
        "f08fbfbf",
        "f4908080",
        "f5808080",
        "c3",
        "e282",
        "f09f9a",
        "c328"
    })
    void malformedUtf8IsRefused(String hex) {
        byte[] text = HexFormat.of().parseHex(hex);
        byte[] value = sized(text);
        byte[] inLonger = sized(("long enough for eight " + "x").getBytes(StandardCharsets.UTF_8), text);

        assertRefused("\"string\"", value);
        assertRefused("\"string\"", inLonger);
    }

    private static void assertRefused(String schema, byte[] value) {
        ValueCodec codec = codec(schema);
        assertThatThrownBy(() -> codec.check(value, 0, value.length)).isInstanceOf(CorruptDataException.class);
        assertThatThrownBy(() -> codec.decode(value)).isInstanceOf(CorruptDataException.class);
        assertThatThrownBy(() -> ValueJson.of(codec.schema()).toJson(value)).isInstanceOf(CorruptDataException.class);
    }

    private static ValueCodec codec(String schema) {
        return ValueCodec.of(new Schema.Parser().parse(schema));
    }

    /** Parts after their common length. */
    private static byte[] sized(byte[]... parts) {
        BinaryBuffer out = new BinaryBuffer();
        out.writeLong(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            out.writeAll(part, 0, part.length);
        }
        return out.toByteArray();
    }
}
