package io.slipway.model.value;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;

/** Random value schemas and data of them, in the Java types that Avro itself reads. */
final class RandomValues {

    private static final String[] PIECES = {
        "\u0000", "\u001f", "\n", "\"", "\\", "/", "a", "plain", "\u007f", "\u0080", "é", "日本", "\uffff", "🚢", "<", "?"
    };
    private static final List<Schema> LEAVES = List.of(
            Schema.create(Schema.Type.NULL),
            Schema.create(Schema.Type.BOOLEAN),
            Schema.create(Schema.Type.INT),
            Schema.create(Schema.Type.LONG),
            Schema.create(Schema.Type.FLOAT),
            Schema.create(Schema.Type.DOUBLE),
            Schema.create(Schema.Type.STRING),
            Schema.create(Schema.Type.BYTES),
            LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)),
            LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)),
            LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG)),
            LogicalTypes.decimal(30, 2).addToSchema(Schema.create(Schema.Type.BYTES)));

    private final Random random;
    private int names;

    RandomValues(Random random) {
        this.random = random;
    }

    Schema schema(int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 11)) {
            case 5 -> Schema.createFixed(name("Fixed"), null, null, random.nextInt(5));
            case 6 -> Schema.createEnum(name("Enum"), null, null, List.of("FIRST", "SECOND", "THIRD"));
            case 7 -> Schema.createArray(schema(depth - 1));
            case 8 -> Schema.createMap(schema(depth - 1));
            case 9 -> union(depth - 1);
            case 10 -> record(depth - 1);
            default -> LEAVES.get(random.nextInt(LEAVES.size()));
        };
    }

    Schema record(int depth) {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.add(new Schema.Field("field" + i, schema(depth), null, (Object) null));
        }
        return Schema.createRecord(name("Record"), null, null, false, fields);
    }

    Object datum(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> (float) number();
            case DOUBLE -> number();
            case STRING -> new Utf8(text());
            case BYTES -> ByteBuffer.wrap(bytes(1 + random.nextInt(9)));
            case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
            case UNION ->
                datum(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case ARRAY -> items(schema);
            case MAP -> entries(schema);
            case RECORD -> fields(schema);
        };
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(4) == 0 ? 40 : 6); i > 0; i--) {
            text.append(random.nextInt(3) == 0 ? PIECES[random.nextInt(PIECES.length)] : "x");
        }
        return text.toString();
    }

    double number() {
        return switch (random.nextInt(6)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(2_000_000) / 100.0 - 10_000;
            case 2 -> random.nextInt(1_000);
            case 3 -> random.nextDouble();
            case 4 -> (random.nextInt(3) - 1) / 0.0;
            default -> Float.intBitsToFloat(random.nextInt());
        };
    }

    private Schema union(int depth) {
        Set<Schema.Type> types = EnumSet.noneOf(Schema.Type.class);
        List<Schema> branches = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            Schema branch = schema(depth);
            if (branch.getType() != Schema.Type.UNION && types.add(branch.getType())) {
                branches.add(branch);
            }
        }
        return branches.isEmpty() ? LEAVES.get(0) : Schema.createUnion(branches);
    }

    private Object items(Schema schema) {
        List<Object> items = new GenericData.Array<>(4, schema);
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(datum(schema.getElementType()));
        }
        return items;
    }

    private Object entries(Schema schema) {
        Map<Utf8, Object> entries = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put(new Utf8(text()), datum(schema.getValueType()));
        }
        return entries;
    }

    private Object fields(Schema schema) {
        GenericData.Record fields = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            fields.put(field.pos(), datum(field.schema()));
        }
        return fields;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String name(String kind) {
        return kind + names++;
    }
}
