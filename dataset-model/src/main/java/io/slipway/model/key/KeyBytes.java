package io.slipway.model.key;

import io.slipway.model.InvalidInputException;
import java.util.Arrays;

/**
 * Encoded keys, one after the other, in an array that grows as needed and is used again. Not thread-safe. Whoever appends
 * a key remembers where it begins.
 */
public final class KeyBytes {

    private static final int MAX_UTF8 = 3;
    private static final int END_BYTES = 2;

    private byte[] bytes;
    private int length;

    /** An empty buffer. */
    public KeyBytes() {
        this(64);
    }

    /** An empty buffer that holds so many bytes before it grows. */
    public KeyBytes(int capacity) {
        bytes = new byte[capacity];
    }

    /** The array that holds the bytes from index 0 on; another one after the next key, perhaps. */
    public byte[] array() {
        return bytes;
    }

    /** How many bytes all keys have together. */
    public int length() {
        return length;
    }

    /** Forgets all keys. */
    public void reset() {
        length = 0;
    }

    /** Appends bytes as they are. */
    public void append(byte[] from) {
        append(from, 0, from.length);
    }

    /** Appends a range of bytes as they are. */
    public void append(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /** A copy of the bytes from an index on. */
    public byte[] copyFrom(int start) {
        return Arrays.copyOfRange(bytes, start, length);
    }

    void append(int octet) {
        reserve(1);
        bytes[length++] = (byte) octet;
    }

    /** Appends the lowest bytes of a number, the highest first. */
    void appendBig(long bits, int width) {
        reserve(width);
        for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (bits >>> shift);
        }
    }

    /**
     * Appends the UTF-8 form of a text.
     *
     * @throws InvalidInputException if it holds half of a surrogate pair
     */
    void appendUtf8(String text) {
        int count = text.length();
        reserve(count);
        int at = length;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                appendUtf8(text.toCharArray(), 0, count);
                return;
            }
            bytes[at++] = (byte) c;
        }
        length = at;
    }

    /** The same for a range of characters. */
    void appendUtf8(char[] text, int offset, int count) {
        reserve(Math.multiplyExact(count, MAX_UTF8));
        byte[] out = bytes;
        int at = length;
        int end = offset + count;
        for (int i = offset; i < end; i++) {
            char c = text[i];
            if (c < 0x80) {
                out[at++] = (byte) c;
            } else if (c < 0x800) {
                out[at++] = (byte) (0xc0 | c >> 6);
                out[at++] = tail(c, 0);
            } else if (!Character.isSurrogate(c)) {
                out[at++] = (byte) (0xe0 | c >> 12);
                out[at++] = tail(c, 6);
                out[at++] = tail(c, 0);
            } else {
                int point = codePoint(text, i++, end);
                out[at++] = (byte) (0xf0 | point >> 18);
                out[at++] = tail(point, 12);
                out[at++] = tail(point, 6);
                out[at++] = tail(point, 0);
            }
        }
        length = at;
    }

    /** Makes what begins at an index a field of a record key: zeros escaped, and the end marked. */
    void endField(int start, int escape, int escapedZero, int terminator) {
        int zeros = 0;
        for (int i = start; i < length; i++) {
            if (bytes[i] == escape) {
                zeros++;
            }
        }
        reserve(zeros + END_BYTES);
        if (zeros > 0) {
            for (int from = length - 1, to = from + zeros; to > from; from--) {
                if (bytes[from] == escape) {
                    bytes[to--] = (byte) escapedZero;
                }
                bytes[to--] = bytes[from];
            }
            length += zeros;
        }
        bytes[length++] = (byte) escape;
        bytes[length++] = (byte) terminator;
    }

    /** A byte of a UTF-8 sequence that is not its first. */
    private static byte tail(int point, int shift) {
        return (byte) (0x80 | ((point >> shift) & 0x3f));
    }

    private static int codePoint(char[] text, int at, int end) {
        if (at + 1 < end && Character.isSurrogatePair(text[at], text[at + 1])) {
            return Character.toCodePoint(text[at], text[at + 1]);
        }
        throw new InvalidInputException("A key holds half of a surrogate pair. Give well-formed Unicode.");
    }

    private void reserve(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), (int) Math.min(2L * length, 1 << 30)));
        }
    }
}
