package io.slipway.batch.type;

import io.slipway.model.CorruptDataException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads Avro binary from a range of an array, made to be set to another range again. Not thread-safe. */
public final class BinaryIn {

    private byte[] bytes = new byte[0];
    private int at;
    private int limit;

    /** Reads from this range from now on. */
    public BinaryIn set(byte[] array, int offset, int length) {
        bytes = array;
        at = offset;
        limit = offset + length;
        return this;
    }

    /** How many bytes are left. */
    public int remaining() {
        return limit - at;
    }

    /** Reads a byte. */
    public int readByte() {
        check(1);
        return bytes[at++] & 0xff;
    }

    /** Reads an Avro {@code int} or {@code long}. */
    public long readLong() {
        long bits = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = readByte();
            bits |= (b & 0x7fL) << shift;
            if (b < 0x80) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        throw damaged("a number of at most 10 bytes");
    }

    /** Reads a number of so many bytes, the lowest first. */
    public long readLittle(int width) {
        check(width);
        long bits = 0;
        for (int i = 0; i < width; i++) {
            bits |= (bytes[at++] & 0xffL) << (i * Byte.SIZE);
        }
        return bits;
    }

    /** Reads Avro {@code bytes}. */
    public byte[] readBytes() {
        int length = readLength();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** Reads an Avro {@code string}. */
    public String readString() {
        int length = readLength();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    /** Reads all that is left. */
    public byte[] readRest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, limit);
        at = limit;
        return rest;
    }

    private int readLength() {
        long length = readLong();
        if (length < 0 || length > limit - at) {
            throw damaged("a length up to " + (limit - at) + " instead of " + length);
        }
        return (int) length;
    }

    private void check(int width) {
        if (limit - at < width) {
            throw damaged(width + " more bytes");
        }
    }

    private CorruptDataException damaged(String expected) {
        return new CorruptDataException("An encoded value", "byte " + at, expected, limit - at + " bytes");
    }
}
