package io.slipway.batch.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for bytes eight at a time: in words whose lowest byte is the first (Hacker's Delight, 6-1). */
final class Words {

    /** The highest bit of each byte of a word. */
    static final long HIGHEST_BITS = 0x8080808080808080L;

    private static final long LOWEST_BITS = 0x0101010101010101L;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    /** The word that begins at an index and ends in the array. */
    static long at(byte[] bytes, int index) {
        return (long) WORD.get(bytes, index);
    }

    /**
     * Marks the bytes of a word that are an ASCII character, in their highest bits. The lowest mark is right; above it,
     * there may be wrong ones.
     */
    static long marks(long word, char character) {
        long different = word ^ (character * LOWEST_BITS);
        return (different - LOWEST_BITS) & ~different & HIGHEST_BITS;
    }

    /** How many bytes are below the lowest mark. */
    static int before(long marks) {
        return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
    }

    /** What eight characters look like. Immutable. */
    static final class Shape {

        private static final long ZEROS = '0' * LOWEST_BITS;
        private static final long UPPER_HALVES = 0xf0f0f0f0f0f0f0f0L;
        /** Takes what is above {@code 9} and in the same sixteen into the next. */
        private static final long BEYOND_NINE = 6 * LOWEST_BITS;

        private long digits;
        private long fixed;
        private long fixedMask;

        /** A shape in which {@code 0} stands for any digit, {@code ?} for anything, and all else for itself. */
        Shape(String characters) {
            for (int i = 0; i < Long.BYTES; i++) {
                long mask = 0xffL << (i * Byte.SIZE);
                char c = characters.charAt(i);
                if (c == '0') {
                    digits |= mask;
                } else if (c != '?') {
                    fixedMask |= mask;
                    fixed |= (long) c << (i * Byte.SIZE);
                }
            }
        }

        /** Whether a word looks so. */
        boolean fits(long word) {
            long numbers = (word & digits) | (ZEROS & ~digits);
            long wrong = ((numbers ^ ZEROS) | ((numbers + BEYOND_NINE) ^ ZEROS)) & UPPER_HALVES;
            return (wrong | ((word ^ fixed) & fixedMask)) == 0;
        }
    }
}
