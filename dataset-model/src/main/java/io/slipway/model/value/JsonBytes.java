package io.slipway.model.value;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.slipway.model.CorruptDataException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A reusable buffer that JSON is written into as UTF-8. It grows as needed and never shrinks. It writes tokens and does
 * not check that they make up a document. Not thread-safe.
 */
public final class JsonBytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_ESCAPE = 6;

    private byte[] bytes;
    private int length;

    /** An empty buffer. */
    public JsonBytes() {
        this(512);
    }

    /** An empty buffer that holds so many bytes before it grows. */
    public JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    /** The array that holds what was written from index 0; another one after the next write, perhaps. */
    public byte[] array() {
        return bytes;
    }

    /** How many bytes were written. */
    public int length() {
        return length;
    }

    /** What was written, as an array of its own. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets all that was written. */
    public void reset() {
        length = 0;
    }

    /** Writes one ASCII character as it is. */
    public JsonBytes raw(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** Writes bytes as they are. */
    public JsonBytes raw(byte[] json) {
        return raw(json, 0, json.length);
    }

    /** Writes a range of bytes as they are. */
    public JsonBytes raw(byte[] json, int offset, int count) {
        reserve(count);
        System.arraycopy(json, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** Writes text as it is: JSON that the caller composed. */
    public JsonBytes raw(String json) {
        return raw(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a JSON string of a text; half a surrogate pair becomes a question mark. */
    public JsonBytes string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return string(utf8, 0, utf8.length);
    }

    /**
     * Writes a JSON string of UTF-8 text, copied unless it needs escapes.
     *
     * @throws CorruptDataException if it is not well-formed UTF-8
     */
    public JsonBytes string(byte[] utf8, int offset, int count) {
        reserve(count + Long.BYTES + 2);
        bytes[length++] = '"';
        int plain = copyPlain(utf8, offset, count);
        if (plain < count) {
            checkUtf8(utf8, offset, count);
            escape(utf8, offset + plain, count - plain);
        }
        return raw('"');
    }

    /** Writes a whole number. */
    public JsonBytes number(long value) {
        reserve(20);
        length = NumberOutput.outputLong(value, bytes, length);
        return this;
    }

    /**
     * Writes the shortest decimal that reads back as the same number, in the form of {@code Double.toString}; NaN and the
     * infinities as the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
     */
    public JsonBytes number(double value) {
        if (!JsonDecimals.writeShort(value, this)) {
            floating(NumberOutput.toString(value, true), Double.isFinite(value));
        }
        return this;
    }

    /** The same for a float: the shortest decimal that reads back as the same float. */
    public JsonBytes number(float value) {
        return floating(NumberOutput.toString(value, true), Float.isFinite(value));
    }

    /** Writes a JSON string of the Base64 form (RFC 4648, section 4) of bytes. */
    JsonBytes base64(byte[] from, int offset, int count) {
        byte[] range = offset == 0 && count == from.length ? from : Arrays.copyOfRange(from, offset, offset + count);
        return raw('"').raw(Base64.getEncoder().encode(range)).raw('"');
    }

    /** Writes the digits of a number from 0 to 10^digits − 1, with leading zeros. */
    JsonBytes digits(long value, int digits) {
        reserve(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Takes back all but the first so many bytes. */
    void truncate(int to) {
        length = to;
    }

    private JsonBytes floating(String number, boolean finite) {
        return finite ? raw(number) : string(number);
    }

    /** Copies the bytes before the first that needs a closer look, eight at a time, and says how many. */
    private int copyPlain(byte[] utf8, int offset, int count) {
        int i = 0;
        for (; i + Long.BYTES <= count; i += Long.BYTES) {
            long eight = (long) LONGS.get(utf8, offset + i);
            if (needsCare(eight)) {
                break;
            }
            LONGS.set(bytes, length + i, eight);
        }
        for (; i < count; i++) {
            byte b = utf8[offset + i];
            if (b < ' ' || b == '"' || b == '\\') {
                break;
            }
            bytes[length + i] = b;
        }
        length += i;
        return i;
    }

    /**
     * Whether any of eight bytes is below 0x20, a quote, a backslash or not ASCII: the test for a zero byte from Hacker's
     * Delight, section 6-1, on the differences. It may be true without need, never false.
     */
    private static boolean needsCare(long eight) {
        long quote = eight ^ ONES * '"';
        long backslash = eight ^ ONES * '\\';
        return ((eight | eight - ONES * ' ' | quote - ONES | backslash - ONES) & HIGH_BITS) != 0;
    }

    private static void checkUtf8(byte[] utf8, int offset, int count) {
        int wrong = Utf8Text.firstMalformed(utf8, offset, count);
        if (wrong >= 0) {
            throw new CorruptDataException(
                    "A text", "byte " + (wrong - offset), "well-formed UTF-8", String.format("byte %02x", utf8[wrong]));
        }
    }

    private void escape(byte[] utf8, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            reserve(LONGEST_ESCAPE);
            byte b = utf8[i];
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                escape(b);
            } else {
                bytes[length++] = b;
            }
        }
    }

    private void escape(byte b) {
        bytes[length++] = '\\';
        switch (b) {
            case '"', '\\' -> bytes[length++] = b;
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            case '\b' -> bytes[length++] = 'b';
            case '\f' -> bytes[length++] = 'f';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[b >> 4];
                bytes[length++] = HEX[b & 0xf];
            }
        }
    }

    private void reserve(int count) {
        if (count > bytes.length - length) {
            grow(count);
        }
    }

    private void grow(int count) {
        long needed = (long) length + count;
        if (needed > Integer.MAX_VALUE - Long.BYTES) {
            throw new IllegalStateException("JSON of more than 2 GiB");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - Long.BYTES, Math.max(needed, 2L * length)));
    }
}
