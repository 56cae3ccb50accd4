package io.slipway.batch.shuffle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Keys compared eight bytes at a time. */
final class Prefix {

    static final int BYTES = 8;

    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Prefix() {}

    /** The first eight of so many bytes as one unsigned number, padded with zeros. */
    static long of(byte[] bytes, int offset, int length) {
        if (length >= BYTES) {
            return (long) BIG.get(bytes, offset);
        }
        long prefix = 0;
        for (int i = 0; i < length; i++) {
            prefix |= (bytes[offset + i] & 0xffL) << (56 - i * Byte.SIZE);
        }
        return prefix;
    }

    /**
     * Compares what follows the first {@code from} bytes, where these bytes, padded with zeros, are equal. A key that
     * has ended there is less than one that goes on, which can only have had zeros so far.
     */
    static int compareRest(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength, int from) {
        if (aLength <= from || bLength <= from) {
            return Integer.compare(aLength, bLength);
        }
        return Arrays.compareUnsigned(a, aOffset + from, aOffset + aLength, b, bOffset + from, bOffset + bLength);
    }
}
