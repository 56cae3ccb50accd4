package io.slipway.serving.reader;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;

/** Keys of every type that keys may have, and values of every type that Avro has. */
final class EveryType {

    private static final Schema NULL = Schema.create(Schema.Type.NULL);
    private static final Schema INT = Schema.create(Schema.Type.INT);
    private static final Schema LONG = Schema.create(Schema.Type.LONG);
    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final Schema BYTES = Schema.create(Schema.Type.BYTES);
    private static final Schema FIXED = Schema.createFixed("Four", null, null, 4);
    private static final Schema ENUM = Schema.createEnum("Suit", null, null, List.of("HEARTS", "SPADES"));
    private static final Schema INNER = SchemaBuilder.record("Inner")
            .fields()
            .requiredString("name")
            .name("next")
            .type(Schema.createUnion(NULL, STRING, LONG, Schema.createArray(INT)))
            .noDefault()
            .endRecord();

    static final Schema VALUE = schema();

    private EveryType() {}

    /** A key schema and keys of it. */
    record Keys(Schema schema, List<Object> keys) {
        @Override
        public String toString() {
            return schema.toString();
        }
    }

    static Stream<Keys> keyTypes() {
        List<Object> bytes =
                new ArrayList<>(List.of(new byte[0], new byte[] {0}, new byte[] {0, 1}, new byte[] {0, -1}));
        List<Object> texts = new ArrayList<>(
                List.of("", "\u0000", "/", "a/../b", "%2F", "?key=#", "+ &=;", "\"\\\n", "Zürich 東京 🚢", "\uffff"));
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
            bytes.add(new byte[] {'x', (byte) i});
            texts.add("c" + (char) i);
        }
        bytes.add(all);
        List<Object> fixed = List.of(new byte[4], new byte[] {-1, -1, -1, -1}, new byte[] {0, -1, 1, 2});
        Schema record = SchemaBuilder.record("Key")
                .fields()
                .requiredString("text")
                .requiredBytes("bytes")
                .requiredLong("number")
                .name("fixed")
                .type(FIXED)
                .noDefault()
                .requiredBoolean("flag")
                .endRecord();
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            records.add(List.of(texts.get(i * 6), bytes.get(i * 6), i - 20L, fixed.get(i % fixed.size()), i % 2 == 0));
        }
        return Stream.of(
                new Keys(STRING, texts),
                new Keys(BYTES, bytes),
                new Keys(FIXED, fixed),
                new Keys(INT, List.of(0, -1, 1, Integer.MIN_VALUE, Integer.MAX_VALUE)),
                new Keys(LONG, List.of(0L, -1L, 1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40)),
                new Keys(Schema.create(Schema.Type.BOOLEAN), List.of(true, false)),
                new Keys(
                        Schema.create(Schema.Type.FLOAT),
                        List.of(0f, -1.5f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY, 0.1f)),
                new Keys(
                        Schema.create(Schema.Type.DOUBLE),
                        List.of(0.0, -1.5, Double.MIN_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY, 0.1)),
                new Keys(LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)), List.of(0, 20_000, -1)),
                new Keys(
                        LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)),
                        List.of(0L, 1_700_000_000_000_000L)),
                new Keys(
                        LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING)),
                        List.of("8c4b2a70-1111-4222-8333-123456789abc")),
                new Keys(Schema.createUnion(NULL, STRING), List.of("a", "")),
                new Keys(record, records));
    }

    private static Schema schema() {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("Value").fields();
        Map<String, Schema> types = new LinkedHashMap<>();
        types.put("null", NULL);
        types.put("boolean", Schema.create(Schema.Type.BOOLEAN));
        types.put("int", INT);
        types.put("long", LONG);
        types.put("float", Schema.create(Schema.Type.FLOAT));
        types.put("double", Schema.create(Schema.Type.DOUBLE));
        types.put("string", STRING);
        types.put("bytes", BYTES);
        types.put("fixed", FIXED);
        types.put("enum", ENUM);
        types.put("array", Schema.createArray(Schema.createArray(LONG)));
        types.put("map", Schema.createMap(INNER));
        types.put("record", INNER);
        types.put("union", Schema.createUnion(NULL, STRING, LONG, INNER));
        types.put("date", LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)));
        types.put("timeMillis", LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT)));
        types.put("timestamp", LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)));
        types.put("localTimestamp", LogicalTypes.localTimestampMillis().addToSchema(Schema.create(Schema.Type.LONG)));
        types.put("decimal", LogicalTypes.decimal(20, 3).addToSchema(Schema.create(Schema.Type.BYTES)));
        types.put("uuid", LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING)));
        for (Map.Entry<String, Schema> type : types.entrySet()) {
            fields = fields.name(type.getKey() + "Value").type(type.getValue()).noDefault();
        }
        return fields.endRecord();
    }

    static Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("least", value(0));
        values.put("usual", value(1));
        values.put("greatest", value(2));
        return values;
    }

    private static GenericData.Record value(int i) {
        GenericData.Record value = new GenericData.Record(VALUE);
        GenericData.Record inner = inner(i == 0 ? "" : "inner \"\u0000\u001f🚢", i == 0 ? null : i == 1 ? "text" : 5L);
        List<Object> all = Arrays.asList(
                null,
                i > 0,
                new int[] {Integer.MIN_VALUE, 7, Integer.MAX_VALUE}[i],
                new long[] {Long.MIN_VALUE, 7, Long.MAX_VALUE}[i],
                new float[] {Float.NEGATIVE_INFINITY, 0.1f, Float.NaN}[i],
                new double[] {-0.0, 0.1, Double.POSITIVE_INFINITY}[i],
                new String[] {"", "text", "\u0000\"\\/\b\f\n\r\t\u007f é 日本 🚢"}[i],
                ByteBuffer.wrap(i == 0 ? new byte[0] : new byte[] {0, -1, 10, (byte) 0x80}),
                new GenericData.Fixed(FIXED, new byte[] {0, (byte) i, -1, 34}),
                new GenericData.EnumSymbol(ENUM, i == 0 ? "HEARTS" : "SPADES"),
                i == 0 ? List.of() : List.of(List.of(1L, -1L), List.of()),
                i == 0 ? Map.of() : Map.of("\"", inner),
                inner,
                i == 0 ? null : i == 1 ? "a text" : inner,
                new int[] {-1, 20_000, 0}[i],
                new int[] {0, 1, 86_399_999}[i],
                new long[] {-1, 1_700_000_000_000_000L, 0}[i],
                new long[] {-1, 1_700_000_000_000L, 0}[i],
                ByteBuffer.wrap(java.math.BigInteger.valueOf(new long[] {0, -12_345, 1L << 60}[i])
                        .toByteArray()),
                "8c4b2a70-1111-4222-8333-123456789abc");
        for (int field = 0; field < all.size(); field++) {
            value.put(field, all.get(field));
        }
        return value;
    }

    private static GenericData.Record inner(String name, Object next) {
        GenericData.Record inner = new GenericData.Record(INNER);
        inner.put("name", name);
        inner.put("next", next == null ? null : next instanceof Long ? Collections.nCopies(3, 1) : next);
        return inner;
    }
}
