package io.slipway.model.value;

import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

/** Compiles the plan of a {@link ValueJson}. */
final class JsonCompiler extends PlanCompiler<JsonStep> {

    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    @Override
    JsonStep leaf(Schema schema) {
        return schema.getLogicalType() == null
                ? plainLeaf(schema)
                : JsonLogicalTypes.step(schema).orElseGet(() -> plainLeaf(schema));
    }

    @Override
    JsonStep array(Schema schema, JsonStep item) {
        return (cursor, out) -> {
            cursor.enter();
            char before = '[';
            for (long count = cursor.readBlock(); count > 0; count = cursor.readBlock()) {
                for (long i = 0; i < count; i++) {
                    out.raw(before);
                    item.write(cursor, out);
                    before = ',';
                }
            }
            close(out, before, '[', ']');
            cursor.leave();
        };
    }

    @Override
    JsonStep map(Schema schema, JsonStep value) {
        return (cursor, out) -> {
            cursor.enter();
            char before = '{';
            for (long count = cursor.readBlock(); count > 0; count = cursor.readBlock()) {
                for (long i = 0; i < count; i++) {
                    out.raw(before);
                    string(cursor, out);
                    out.raw(':');
                    value.write(cursor, out);
                    before = ',';
                }
            }
            close(out, before, '{', '}');
            cursor.leave();
        };
    }

    @Override
    JsonStep union(Schema schema, JsonStep[] branches) {
        return (cursor, out) -> branches[cursor.readIndex(branches.length)].write(cursor, out);
    }

    @Override
    JsonStep record(Schema schema, JsonStep[] fields) {
        byte[][] names = new byte[fields.length][];
        for (int i = 0; i < fields.length; i++) {
            names[i] = label(i == 0 ? '{' : ',', schema.getFields().get(i).name());
        }
        byte[] end = ascii(fields.length == 0 ? "{}" : "}");
        return (cursor, out) -> {
            cursor.enter();
            for (int i = 0; i < fields.length; i++) {
                out.raw(names[i]);
                fields[i].write(cursor, out);
            }
            out.raw(end);
            cursor.leave();
        };
    }

    @Override
    JsonStep[] newArray(int length) {
        return new JsonStep[length];
    }

    private static JsonStep plainLeaf(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> (cursor, out) -> out.raw(NULL);
            case BOOLEAN -> (cursor, out) -> out.raw(cursor.readBoolean() ? TRUE : FALSE);
            case INT -> (cursor, out) -> out.number((long) cursor.readInt());
            case LONG -> (cursor, out) -> out.number(cursor.readLong());
            case FLOAT -> (cursor, out) -> out.number(cursor.readFloat());
            case DOUBLE -> (cursor, out) -> out.number(cursor.readDouble());
            case STRING -> JsonCompiler::string;
            case BYTES -> (cursor, out) -> base64(cursor, cursor.readLength(), out);
            case FIXED -> fixed(schema.getFixedSize());
            case ENUM -> symbol(schema);
            default -> throw new IllegalArgumentException(schema.toString());
        };
    }

    private static JsonStep fixed(int size) {
        return (cursor, out) -> base64(cursor, size, out);
    }

    private static JsonStep symbol(Schema schema) {
        byte[][] symbols =
                schema.getEnumSymbols().stream().map(JsonCompiler::quoted).toArray(byte[][]::new);
        return (cursor, out) -> out.raw(symbols[cursor.readIndex(symbols.length)]);
    }

    private static void string(BinaryCursor cursor, JsonBytes out) {
        int length = cursor.readLength();
        out.string(cursor.bytes(), cursor.skip(length), length);
    }

    private static void base64(BinaryCursor cursor, int length, JsonBytes out) {
        out.base64(cursor.bytes(), cursor.skip(length), length);
    }

    private static void close(JsonBytes out, char before, char opening, char closing) {
        if (before == opening) {
            out.raw(opening);
        }
        out.raw(closing);
    }

    /** A field's name with what comes before and after it. */
    static byte[] label(char before, String name) {
        return new JsonBytes().raw(before).string(name).raw(':').toByteArray();
    }

    private static byte[] quoted(String text) {
        return new JsonBytes().string(text).toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
