package io.slipway.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueJsonTest {

    @Test
    void aRecordIsAnObjectWithItsFieldsInOrder() {
        Schema schema = new Schema.Parser().parse("""
                {"type": "record", "name": "Route", "fields": [
                  {"name": "carrier", "type": "string"},
                  {"name": "flights", "type": "long"},
                  {"name": "mean", "type": "double"},
                  {"name": "note", "type": ["null", "string"]},
                  {"name": "tags", "type": {"type": "array", "items": "string"}},
                  {"name": "by", "type": {"type": "map", "values": ["null", "int"]}},
                  {"name": "raw", "type": "bytes"},
                  {"name": "on", "type": "boolean"}]}""");
        Object route = new GenericRecordBuilder(schema)
                .set("carrier", "Zürich \"Air\"\n")
                .set("flights", -42L)
                .set("mean", 14.0)
                .set("note", null)
                .set("tags", List.of("a", "b"))
                .set("by", Map.of("x", 1))
                .set("raw", ByteBuffer.wrap(new byte[] {0, -1, 1}))
                .set("on", true)
                .build();

        assertThat(json(schema, route))
                .isEqualTo("{\"carrier\":\"Zürich \\\"Air\\\"\\n\",\"flights\":-42,\"mean\":14.0,\"note\":null,"
                        + "\"tags\":[\"a\",\"b\"],\"by\":{\"x\":1},\"raw\":\"AP8B\",\"on\":true}");
    }

    @Test
    void whatIsEmptyStaysEmpty() {
        assertThat(json("{\"type\": \"array\", \"items\": \"int\"}", List.of())).isEqualTo("[]");
        assertThat(json("{\"type\": \"map\", \"values\": \"int\"}", Map.of())).isEqualTo("{}");
        Schema record = Schema.createRecord("Empty", null, null, false, List.of());
        assertThat(json(record, new GenericData.Record(record))).isEqualTo("{}");
    }

    @Test
    void aRecursiveSchemaWorks() {
        Schema tree = new Schema.Parser().parse("""
                {"type": "record", "name": "Tree", "fields": [
                  {"name": "n", "type": "int"}, {"name": "of", "type": {"type": "array", "items": "Tree"}}]}""");
        Object leaf =
                new GenericRecordBuilder(tree).set("n", 2).set("of", List.of()).build();
        Object root = new GenericRecordBuilder(tree)
                .set("n", 1)
                .set("of", List.of(leaf, leaf))
                .build();

        assertThat(json(tree, root)).isEqualTo("{\"n\":1,\"of\":[{\"n\":2,\"of\":[]},{\"n\":2,\"of\":[]}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "int, date, 20484, \"2026-01-31\"",
        "int, date, 0, \"1970-01-01\"",
        "int, date, -719529, \"-0001-12-31\"",
        "int, time-millis, 36930123, \"10:15:30.123\"",
        "int, time-millis, 0, \"00:00:00\"",
        "int, time-millis, 86400000, 86400000",
        "int, time-millis, -1, -1",
        "long, time-micros, 36930123000, \"10:15:30.123\"",
        "long, time-micros, 36930123456, \"10:15:30.123456\"",
        "long, timestamp-millis, 1769854530123, \"2026-01-31T10:15:30.123Z\"",
        "long, timestamp-millis, 1769854530000, \"2026-01-31T10:15:30Z\"",
        "long, timestamp-millis, -1, \"1969-12-31T23:59:59.999Z\"",
        "long, timestamp-micros, 1769854530123456, \"2026-01-31T10:15:30.123456Z\"",
        "long, timestamp-nanos, 1769854530123456789, \"2026-01-31T10:15:30.123456789Z\"",
        "long, local-timestamp-millis, 1769854530123, \"2026-01-31T10:15:30.123\"",
        "long, local-timestamp-micros, 1769854530120000, \"2026-01-31T10:15:30.120\"",
        "long, local-timestamp-nanos, 1769854530000000001, \"2026-01-31T10:15:30.000000001\""
    })
    void datesAndTimesAreIso8601(String type, String logicalType, long value, String expected) {
        Object datum = type.equals("int") ? (Object) (int) value : value;

        assertThat(json("{\"type\": \"" + type + "\", \"logicalType\": \"" + logicalType + "\"}", datum))
                .isEqualTo(expected);
    }

    @Test
    void everyDateIsThatOfTheCalendar() {
        Seeded.times(20_000, random -> {
            int day = random.nextInt() >> random.nextInt(20);
            JsonBytes out = new JsonBytes();
            JsonTimes.date(day, out);
            assertThat(text(out)).isEqualTo('"' + LocalDate.ofEpochDay(day).toString() + '"');
        });
    }

    @Test
    void everyTimestampIsThatOfTheCalendar() {
        Seeded.times(20_000, random -> {
            long millis = random.nextLong() >> random.nextInt(40);
            JsonBytes out = new JsonBytes();
            JsonTimes.timestamp(millis, 3, "Z\"", out);
            assertThat(text(out)).isEqualTo('"' + Instant.ofEpochMilli(millis).toString() + '"');
        });
    }

    @ParameterizedTest
    @CsvSource({
        "04d2, 12.34",
        "00, 0.00",
        "ff, -0.01",
        "c350, -155.36",
        "7fffffffffffffffffff, 6044629098073145873530.87"
    })
    void decimalsAreNumbersInPlainNotation(String unscaled, String expected) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(unscaled));

        assertThat(json("{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 40, \"scale\": 2}", bytes))
                .isEqualTo(expected);
    }

    @Test
    void aFixedDecimalHasNoLength() {
        String schema =
                "{\"type\": \"fixed\", \"name\": \"D\", \"size\": 3, \"logicalType\": \"decimal\", \"precision\": 5}";

        assertThat(json(schema, new byte[] {0, 1, 0})).isEqualTo("256");
    }

    @Test
    void aUuidIsAStringWhateverIsBelow() {
        UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();

        assertThat(json("{\"type\": \"string\", \"logicalType\": \"uuid\"}", uuid.toString()))
                .isEqualTo('"' + uuid.toString() + '"');
        assertThat(json("{\"type\": \"fixed\", \"name\": \"U\", \"size\": 16, \"logicalType\": \"uuid\"}", bytes))
                .isEqualTo('"' + uuid.toString() + '"');
    }

    @Test
    void enumsAreStringsAndFixedAreBase64() {
        assertThat(json("{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\", \"B\"]}", "B"))
                .isEqualTo("\"B\"");
        assertThat(json("{\"type\": \"fixed\", \"name\": \"F\", \"size\": 1}", new byte[] {-1}))
                .isEqualTo("\"/w==\"");
    }

    private static String json(String schema, Object datum) {
        return json(new Schema.Parser().parse(schema), datum);
    }

    private static String json(Schema schema, Object datum) {
        byte[] value = ValueCodec.of(schema).encode(datum);
        return new String(ValueJson.of(schema).toJson(value), StandardCharsets.UTF_8);
    }

    private static String text(JsonBytes out) {
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }
}
