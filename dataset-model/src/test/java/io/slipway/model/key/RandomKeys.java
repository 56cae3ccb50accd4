package io.slipway.model.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** Random key schemas and keys, with much of what goes wrong: zeros, empty texts, surrogate pairs, infinities, −0.0. */
final class RandomKeys {

    static final List<Schema.Type> TYPES = List.of(
            Schema.Type.STRING,
            Schema.Type.BYTES,
            Schema.Type.FIXED,
            Schema.Type.INT,
            Schema.Type.LONG,
            Schema.Type.BOOLEAN,
            Schema.Type.FLOAT,
            Schema.Type.DOUBLE);

    private static final String[] CHARACTERS = {
        "\u0000", "\u0001", "a", "b", "\u007f", "\u0080", "é", "\ud7ff", "\ue000", "\uffff", "\ud800\udc00", "🚢"
    };
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };
    private static final int FIXED_SIZE = 3;

    private RandomKeys() {}

    static Schema schema(Schema.Type type) {
        return type == Schema.Type.FIXED ? Schema.createFixed("F", null, null, FIXED_SIZE) : Schema.create(type);
    }

    static Schema record(List<Schema.Type> types) {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("Key").fields();
        for (int i = 0; i < types.size(); i++) {
            fields = fields.name("f" + i).type(schema(types.get(i))).noDefault();
        }
        return fields.endRecord();
    }

    static List<Schema.Type> types(Random random) {
        List<Schema.Type> types = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            types.add(TYPES.get(random.nextInt(TYPES.size())));
        }
        return types;
    }

    static List<Object> record(List<Schema.Type> types, Random random) {
        return types.stream().map(type -> value(type, random)).toList();
    }

    static Object value(Schema.Type type, Random random) {
        return switch (type) {
            case STRING -> text(random);
            case BYTES -> bytes(random.nextInt(4), random);
            case FIXED -> bytes(FIXED_SIZE, random);
            case INT -> random.nextBoolean() ? random.nextInt() : random.nextInt(5) - 2;
            case LONG -> random.nextBoolean() ? random.nextLong() : random.nextInt(5) - 2L;
            case BOOLEAN -> random.nextBoolean();
            case FLOAT -> (float) number(random);
            default -> number(random);
        };
    }

    /** The order of values that the bytes have to have. */
    static Comparator<Object> order(Schema.Type type) {
        return switch (type) {
            case STRING ->
                Comparator.comparing(
                        value -> ((String) value).getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
            case BYTES, FIXED -> Comparator.comparing(value -> (byte[]) value, Arrays::compareUnsigned);
            case INT -> Comparator.comparing(value -> (Integer) value);
            case LONG -> Comparator.comparing(value -> (Long) value);
            case BOOLEAN -> Comparator.comparing(value -> (Boolean) value);
            case FLOAT -> Comparator.comparing(value -> (Float) value + 0.0f);
            default -> Comparator.comparing(value -> (Double) value + 0.0);
        };
    }

    /** Field by field. */
    static Comparator<List<Object>> order(List<Schema.Type> types) {
        return (a, b) -> {
            for (int i = 0; i < types.size(); i++) {
                int order = order(types.get(i)).compare(a.get(i), b.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(4); length > 0; length--) {
            text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    private static byte[] bytes(int length, Random random) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextBoolean() ? random.nextInt(3) : random.nextInt(256));
        }
        return bytes;
    }

    private static double number(Random random) {
        double any = Double.longBitsToDouble(random.nextLong());
        return random.nextBoolean() || Double.isNaN(any) || Double.isNaN((float) any)
                ? DOUBLES[random.nextInt(DOUBLES.length)]
                : any;
    }
}
