package io.slipway.model.key;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.model.InvalidInputException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * One field of a key, or the whole of a key that is not a record.
 *
 * @param name the field's name; {@code key} for a key that is not a record
 * @param schema the Avro schema of its values, never a union
 */
public record KeyField(String name, Schema schema) {

    /**
     * Checks that the schema can be of a key field.
     *
     * @throws InvalidInputException if it cannot
     */
    public KeyField {
        schema = withoutNull(schema);
        if (isDecimal(schema)) {
            throw unusable(name, schema, "decimal");
        }
        typeOf(name, schema);
    }

    /** The name of the field's type, for messages. */
    public String typeName() {
        return schema.getLogicalType() == null
                ? type().label()
                : schema.getLogicalType().getName();
    }

    KeyType type() {
        return typeOf(name, schema);
    }

    /** The number of bytes that every encoded value takes, or −1. */
    int width() {
        return schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : type().width();
    }

    Object canonical(Object value) {
        if (value == null) {
            throw new InvalidInputException("Key field '" + name + "' is null. Every record needs a key.");
        }
        try {
            return checkWidth(type().canonical(value));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(value), e);
        }
    }

    Object parse(String text) {
        try {
            return checkWidth(type().parse(text));
        } catch (IllegalArgumentException e) {
            throw wrong(text, e);
        }
    }

    /** The same without a look at the size of a fixed: the beginning of a key. */
    Object parsePrefix(String text) {
        try {
            return type().parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(text, e);
        }
    }

    Object parse(JsonNode json) {
        if (!type().fitsJson(json)) {
            throw wrong(json.toString(), null);
        }
        return parse(json.asText());
    }

    private Object checkWidth(Object value) {
        if (schema.getType() == Schema.Type.FIXED && ((byte[]) value).length != schema.getFixedSize()) {
            throw new IllegalArgumentException(((byte[]) value).length + " bytes");
        }
        return value;
    }

    private InvalidInputException wrong(String value, IllegalArgumentException cause) {
        return new InvalidInputException(
                "Key field '" + name + "' is of type " + typeName() + ", and " + abbreviate(value)
                        + " is not. Give a value of that type.",
                cause);
    }

    private static String abbreviate(String value) {
        return value.length() <= 100 ? "'" + value + "'" : "'" + value.substring(0, 100) + "…'";
    }

    /** Whether the bytes of the values do not sort as the values do. */
    private static boolean isDecimal(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal
                || schema.getLogicalType() instanceof LogicalTypes.BigDecimal;
    }

    private static Schema withoutNull(Schema schema) {
        if (!schema.isUnion() || !schema.isNullable() || schema.getTypes().size() != 2) {
            return schema;
        }
        return schema.getTypes().get(schema.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0);
    }

    private static KeyType typeOf(String name, Schema schema) {
        return switch (schema.getType()) {
            case STRING -> KeyType.STRING;
            case BYTES, FIXED -> KeyType.BYTES;
            case INT -> KeyType.INT;
            case LONG -> KeyType.LONG;
            case BOOLEAN -> KeyType.BOOLEAN;
            case FLOAT -> KeyType.FLOAT;
            case DOUBLE -> KeyType.DOUBLE;
            default -> throw unusable(name, schema, schema.getType().getName());
        };
    }

    private static InvalidInputException unusable(String name, Schema schema, String type) {
        return new InvalidInputException("Key field '" + name + "' is of type " + type + " (" + schema
                + "), which cannot be a key. Use string, bytes, fixed, int, long, boolean, float or double.");
    }
}
