package io.slipway.model.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.util.Utf8;

/**
 * Text as UTF-8, well-formed as Unicode 15 defines it (table 3-7): no overlong forms, no surrogates, nothing above
 * U+10FFFF.
 */
final class Utf8Text {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8Text() {}

    /** The index of the first byte of the first sequence that is malformed, or −1. */
    static int firstMalformed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        if (length >= Long.BYTES && isAscii(bytes, offset, end)) {
            return -1;
        }
        while (at < end) {
            if (bytes[at] >= 0) {
                at++;
            } else {
                int width = width(bytes, at, end);
                if (width == 0) {
                    return at;
                }
                at += width;
            }
        }
        return -1;
    }

    /** Whether at least eight bytes are all ASCII, eight at a time; the last eight may overlap those before. */
    private static boolean isAscii(byte[] bytes, int offset, int end) {
        long seen = (long) LONGS.get(bytes, end - Long.BYTES);
        for (int at = offset; at < end - Long.BYTES; at += Long.BYTES) {
            seen |= (long) LONGS.get(bytes, at);
        }
        return (seen & HIGH_BITS) == 0;
    }

    /**
     * Writes a text after its length.
     *
     * @throws MismatchException if it is not well-formed
     */
    static void write(CharSequence text, BinaryBuffer out) {
        if (text instanceof Utf8 utf8) {
            checkWellFormed(utf8);
            out.writeSized(utf8.getBytes(), 0, utf8.getByteLength());
        } else {
            byte[] bytes = bytes(text.toString());
            out.writeSized(bytes, 0, bytes.length);
        }
    }

    /**
     * The bytes of a text.
     *
     * @throws MismatchException if it is not well-formed
     */
    static byte[] bytes(CharSequence text) {
        if (text instanceof Utf8 utf8) {
            checkWellFormed(utf8);
            return Arrays.copyOf(utf8.getBytes(), utf8.getByteLength());
        }
        return bytes(text.toString());
    }

    /** The text of bytes that are well-formed. */
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            if (b == '?') {
                checkWellFormed(text);
                break;
            }
        }
        return bytes;
    }

    /** Half a surrogate pair becomes a question mark, so that only texts that give one need this. */
    private static void checkWellFormed(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MismatchException("holds half of a surrogate pair. Give well-formed Unicode.");
        }
    }

    private static void checkWellFormed(Utf8 text) {
        if (firstMalformed(text.getBytes(), 0, text.getByteLength()) >= 0) {
            throw new MismatchException("is not well-formed UTF-8. Give well-formed Unicode.");
        }
    }

    /** The bytes of the sequence of more than one byte at an index, 0 if it is malformed. */
    private static int width(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xff;
        int width = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (width == 0 || at + width > end || !secondFits(lead, bytes[at + 1] & 0xff)) {
            return 0;
        }
        for (int i = 2; i < width; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return width;
    }

    private static boolean secondFits(int lead, int second) {
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int greatest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        return second >= least && second <= greatest;
    }
}
