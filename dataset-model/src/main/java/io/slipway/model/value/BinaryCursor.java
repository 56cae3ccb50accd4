package io.slipway.model.value;

import io.slipway.model.CorruptDataException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Reads Avro binary from a range of an array, and refuses whatever is not: every length is checked against the bytes
 * that remain, nesting and items against limits, so that hostile bytes cost neither stack nor memory nor endless loops.
 * Every method that reads throws {@link CorruptDataException} if what it is to read is not there; the cursor is of no use
 * then until it is reset.
 *
 * <p>Internal to dataset-model: public only for its other packages. Not thread-safe.
 *
 * <p>The format is that of the Avro specification 1.12, "Binary Encoding". Numbers are refused if they do not fit their
 * type, booleans if not 0 or 1, and strings if not well-formed UTF-8.
 */
public final class BinaryCursor {

    /** How deep records, arrays and maps may be nested. */
    static final int MAX_DEPTH = 512;

    /** How many items of arrays a value may have that take no bytes, such as nulls. */
    static final int MAX_EMPTY_ITEMS = 1 << 20;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int start;
    private int at;
    private int limit;
    private int depth;
    private long itemsLeft;

    /** Starts on another value: a range of an array, which must not change meanwhile. */
    public void reset(byte[] value, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, value.length);
        bytes = value;
        start = offset;
        at = offset;
        limit = offset + length;
        depth = 0;
        itemsLeft = (long) length + MAX_EMPTY_ITEMS;
    }

    /** The index in the array of the next byte. */
    public int position() {
        return at;
    }

    /**
     * Checks that nothing is left.
     *
     * @throws CorruptDataException if something is
     */
    public void expectEnd() {
        if (at != limit) {
            throw damaged(at, "the end of the value", (limit - at) + " more bytes");
        }
    }

    /** Reads an int. */
    public int readInt() {
        if (at < limit && bytes[at] >= 0) {
            int b = bytes[at++];
            return b >>> 1 ^ -(b & 1);
        }
        int from = at;
        long raw = readVarint(from, 35);
        if (raw >>> Integer.SIZE != 0) {
            throw damaged(from, "an int", "a number that does not fit one");
        }
        return (int) raw >>> 1 ^ -((int) raw & 1);
    }

    /** Reads a long. */
    public long readLong() {
        if (at < limit && bytes[at] >= 0) {
            long b = bytes[at++];
            return b >>> 1 ^ -(b & 1);
        }
        long raw = readVarint(at, 70);
        return raw >>> 1 ^ -(raw & 1);
    }

    /** Reads a float. */
    public float readFloat() {
        return Float.intBitsToFloat((int) INTS.get(bytes, skip(Float.BYTES)));
    }

    /** Reads a double. */
    public double readDouble() {
        return Double.longBitsToDouble((long) LONGS.get(bytes, skip(Double.BYTES)));
    }

    /** Reads which of {@code count} branches of a union or symbols of an enum follows. */
    public int readIndex(int count) {
        int from = at;
        long index = readLong();
        if (index < 0 || index >= count) {
            throw damaged(from, "a branch or symbol from 0 to " + (count - 1), index);
        }
        return (int) index;
    }

    boolean readBoolean() {
        byte b = bytes[skip(1)];
        if ((b & ~1) != 0) {
            throw damaged(at - 1, "a boolean, 0 or 1", b);
        }
        return b != 0;
    }

    /** Reads the length of bytes or a string; so many bytes do remain. */
    int readLength() {
        int from = at;
        long length = readLong();
        if (length < 0 || length > limit - at) {
            throw damaged(from, "a length from 0 to " + (limit - at), length);
        }
        return (int) length;
    }

    /** Passes over a string, which has to be well-formed. */
    public void skipString() {
        int length = readLength();
        checkUtf8(at, length);
        at += length;
    }

    /** Checks that a range is well-formed UTF-8. */
    void checkUtf8(int from, int length) {
        int wrong = Utf8Text.firstMalformed(bytes, from, length);
        if (wrong >= 0) {
            throw damaged(wrong, "well-formed UTF-8", String.format("byte %02x", bytes[wrong]));
        }
    }

    /** Passes over so many bytes, and says at which index they begin. */
    int skip(int count) {
        if (count > limit - at) {
            throw damaged(at, count + " more bytes", (limit - at) + " more bytes");
        }
        int from = at;
        at += count;
        return from;
    }

    /** Reads how many items the next block of an array or map has; 0 at its end. */
    long readBlock() {
        int from = at;
        long count = readLong();
        if (count < 0) {
            count = -count;
            readLength();
        }
        if (count < 0 || count > itemsLeft) {
            throw damaged(from, "a block of at most " + itemsLeft + " items", count);
        }
        itemsLeft -= count;
        return count;
    }

    /** Goes into a record, array or map. Every call has its {@link #leave} unless an exception ends the walk. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw damaged(at, "at most " + MAX_DEPTH + " records, arrays and maps in each other", "more");
        }
    }

    void leave() {
        depth--;
    }

    /** The array that is read. */
    byte[] bytes() {
        return bytes;
    }

    private long readVarint(int from, int bits) {
        byte[] in = bytes;
        long raw = 0;
        int index = from;
        for (int shift = 0; shift < bits && index < limit; shift += 7) {
            long b = in[index++];
            raw |= (b & 0x7f) << shift;
            if (b >= 0 && (shift < 63 || b <= 1)) {
                at = index;
                return raw;
            }
        }
        throw damaged(from, "a number of at most " + bits / 7 + " bytes", "more");
    }

    private CorruptDataException damaged(int index, Object expected, Object found) {
        return new CorruptDataException("A value", "byte " + (index - start), expected, found);
    }
}
