package io.slipway.model.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A reusable buffer that Avro binary is written into; the counterpart of {@link BinaryCursor}. Not thread-safe. */
final class BinaryBuffer {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_NUMBER = 10;
    private static final int FIRST_CAPACITY = 512;
    private static final int KEPT_CAPACITY = 1 << 20;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;
    private int depth;
    private long items;

    /** Starts another value, and lets go of an array that only an exceptional value needed. */
    void reset() {
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[FIRST_CAPACITY];
        }
        length = 0;
        depth = 0;
        items = 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    void writeByte(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
    }

    /** Writes an int or a long. */
    void writeLong(long value) {
        reserve(LONGEST_NUMBER);
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void writeFloat(float value) {
        reserve(Float.BYTES);
        INTS.set(bytes, length, Float.floatToRawIntBits(value));
        length += Float.BYTES;
    }

    void writeDouble(double value) {
        reserve(Double.BYTES);
        LONGS.set(bytes, length, Double.doubleToRawLongBits(value));
        length += Double.BYTES;
    }

    void writeAll(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /** Writes bytes after their number, as Avro has bytes and strings. */
    void writeSized(byte[] from, int offset, int count) {
        writeLong(count);
        writeAll(from, offset, count);
    }

    /** Goes into a record, array or map that has so many items. Every call has its {@link #leave}. */
    void enter(int itemCount) {
        items += itemCount;
        if (++depth > BinaryCursor.MAX_DEPTH) {
            throw new MismatchException("has more than " + BinaryCursor.MAX_DEPTH
                    + " records, arrays and maps in each other. Give a flatter value.");
        }
    }

    void leave() {
        depth--;
        if (depth == 0 && items - length > BinaryCursor.MAX_EMPTY_ITEMS) {
            throw new MismatchException("has " + items + " items, nearly all of them empty. Give at most "
                    + BinaryCursor.MAX_EMPTY_ITEMS + ".");
        }
    }

    private void reserve(int count) {
        if (count > bytes.length - length) {
            long needed = (long) length + count;
            if (needed > Integer.MAX_VALUE - Long.BYTES) {
                throw new MismatchException("takes more than 2 GiB. Give a smaller value.");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - Long.BYTES, Math.max(needed, 2L * length)));
        }
    }
}
