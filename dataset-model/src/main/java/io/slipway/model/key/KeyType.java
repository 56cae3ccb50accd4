package io.slipway.model.key;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.apache.avro.generic.GenericFixed;

/**
 * The types that a key field may have, each with its encoding ({@code spec/key-encoding.md}), its text form and its
 * JSON form. A value is what Avro's generic representation has for the type, except that strings are {@code String}
 * and bytes and fixed are {@code byte[]}.
 */
enum KeyType {
    STRING(-1) {
        @Override
        Object canonical(Object value) {
            return value instanceof CharSequence ? value.toString() : refuse(value);
        }

        @Override
        Object parse(String text) {
            return text;
        }

        @Override
        void encode(Object value, KeyBytes out) {
            out.appendUtf8((String) value);
        }

        @Override
        Object decode(byte[] from, int offset, int length) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(from, offset, length))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("malformed UTF-8", e);
            }
        }

        @Override
        boolean fitsJson(JsonNode json) {
            return json.isTextual();
        }
    },
    BYTES(-1) {
        @Override
        Object canonical(Object value) {
            return bytes(value);
        }

        @Override
        Object parse(String text) {
            return base64(text);
        }

        @Override
        String text(Object value) {
            return Base64.getEncoder().encodeToString((byte[]) value);
        }

        @Override
        void encode(Object value, KeyBytes out) {
            out.append((byte[]) value);
        }

        @Override
        Object decode(byte[] from, int offset, int length) {
            return java.util.Arrays.copyOfRange(from, offset, offset + length);
        }

        @Override
        boolean fitsJson(JsonNode json) {
            return json.isTextual();
        }
    },
    INT(Integer.BYTES) {
        @Override
        Object canonical(Object value) {
            return value instanceof Integer ? value : refuse(value);
        }

        @Override
        Object parse(String text) {
            return Integer.valueOf(canonicalNumber(text));
        }

        @Override
        void encode(Object value, KeyBytes out) {
            out.appendBig(((int) value ^ Integer.MIN_VALUE) & 0xffffffffL, Integer.BYTES);
        }

        @Override
        Object decode(byte[] from, int offset, int length) {
            return ByteBuffer.wrap(from, offset, length).getInt() ^ Integer.MIN_VALUE;
        }

        @Override
        boolean fitsJson(JsonNode json) {
            return json.canConvertToInt() && json.isIntegralNumber();
        }
    },
    LONG(Long.BYTES) {
        @Override
        Object canonical(Object value) {
            return value instanceof Long ? value : value instanceof Integer i ? (Object) i.longValue() : refuse(value);
        }

        @Override
        Object parse(String text) {
            return Long.valueOf(canonicalNumber(text));
        }

        @Override
        void encode(Object value, KeyBytes out) {
            out.appendBig((long) value ^ Long.MIN_VALUE, Long.BYTES);
        }

        @Override
        Object decode(byte[] from, int offset, int length) {
            return ByteBuffer.wrap(from, offset, length).getLong() ^ Long.MIN_VALUE;
        }

        @Override
        boolean fitsJson(JsonNode json) {
            return json.canConvertToLong() && json.isIntegralNumber();
        }
    },
    BOOLEAN(1) {
        @Override
        Object canonical(Object value) {
            return value instanceof Boolean ? value : refuse(value);
        }

        @Override
        Object parse(String text) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException(text);
            };
        }

        @Override
        void encode(Object value, KeyBytes out) {
            out.append((boolean) value ? 1 : 0);
        }

        @Override
        Object decode(byte[] from, int offset, int length) {
            return (from[offset] & ~1) == 0 ? from[offset] != 0 : refuse(from[offset]);
        }

        @Override
        boolean fitsJson(JsonNode json) {
            return json.isBoolean();
        }
    },
    FLOAT(Float.BYTES) {
        @Override
        Object canonical(Object value) {
            return value instanceof Float f && !f.isNaN() ? (Object) (f + 0.0f) : refuse(value);
        }

        @Override
        Object parse(String text) {
            Float value = Float.valueOf(text);
            return canonical(value.isInfinite() ? infinite(text, value) : value);
        }

        @Override
        void encode(Object value, KeyBytes out) {
            int bits = Float.floatToIntBits((float) value);
            out.appendBig((bits ^ (bits >> 31 | Integer.MIN_VALUE)) & 0xffffffffL, Float.BYTES);
        }

        @Override
        Object decode(byte[] from, int offset, int length) {
            int bits = ByteBuffer.wrap(from, offset, length).getInt();
            float value = Float.intBitsToFloat(bits ^ (~bits >> 31 | Integer.MIN_VALUE));
            return isNegativeZero(value) ? refuse(value) : canonical(value);
        }

        @Override
        boolean fitsJson(JsonNode json) {
            return json.isNumber() ? Double.isFinite(json.doubleValue()) : INFINITIES.contains(json.asText());
        }
    },
    DOUBLE(Double.BYTES) {
        @Override
        Object canonical(Object value) {
            return value instanceof Double d && !d.isNaN() ? (Object) (d + 0.0) : refuse(value);
        }

        @Override
        Object parse(String text) {
            Double value = Double.valueOf(text);
            return canonical(value.isInfinite() ? infinite(text, value) : value);
        }

        @Override
        void encode(Object value, KeyBytes out) {
            long bits = Double.doubleToLongBits((double) value);
            out.appendBig(bits ^ (bits >> 63 | Long.MIN_VALUE), Double.BYTES);
        }

        @Override
        Object decode(byte[] from, int offset, int length) {
            long bits = ByteBuffer.wrap(from, offset, length).getLong();
            double value = Double.longBitsToDouble(bits ^ (~bits >> 63 | Long.MIN_VALUE));
            return isNegativeZero(value) ? refuse(value) : canonical(value);
        }

        @Override
        boolean fitsJson(JsonNode json) {
            return json.isNumber() ? Double.isFinite(json.doubleValue()) : INFINITIES.contains(json.asText());
        }
    };

    private static final Set<String> INFINITIES = Set.of("Infinity", "-Infinity");

    private final int width;

    KeyType(int width) {
        this.width = width;
    }

    /** The bytes that every value of the type takes, or −1 if that differs from value to value. */
    int width() {
        return width;
    }

    /** The value in its one accepted Java type; refuses others, and NaN; −0.0 becomes 0.0. */
    abstract Object canonical(Object value);

    /** The value of a text form. Throws {@link IllegalArgumentException} or refuses if the text is not of the type. */
    abstract Object parse(String text);

    /** Whether a JSON value is of the type; if so its text form is its {@code asText}. */
    abstract boolean fitsJson(JsonNode json);

    /** Appends the plain encoding of a canonical value, neither escaped nor terminated. */
    abstract void encode(Object value, KeyBytes out);

    /** The value of a plain encoding. Throws {@link IllegalArgumentException} if it is not the encoding of a value. */
    abstract Object decode(byte[] from, int offset, int length);

    /** The text form of a canonical value. */
    String text(Object value) {
        return value.toString();
    }

    /** The type's name for messages. */
    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Refuses numbers that are beyond the type rather than infinite. */
    private static Object infinite(String text, Object value) {
        return INFINITIES.contains(text) ? value : refuse(text);
    }

    private static boolean isNegativeZero(double value) {
        return Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
    }

    private static Object refuse(Object value) {
        throw new IllegalArgumentException(String.valueOf(value));
    }

    private static String canonicalNumber(String text) {
        if (text.startsWith("+")) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] array) {
            return array;
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] array = new byte[buffer.remaining()];
            buffer.duplicate().get(array);
            return array;
        }
        if (value instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        return (byte[]) refuse(value);
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    }
}
