package io.slipway.batch.type;

import io.slipway.model.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes that Avro binary is written into, made to be cleared and used again. Not thread-safe. */
public final class BinaryOut {

    private byte[] bytes = new byte[128];
    private int size;

    /** Forgets what was written. */
    public BinaryOut clear() {
        size = 0;
        return this;
    }

    /** The array that holds what was written, from 0 to {@link #size()}; another one after the next write. */
    public byte[] array() {
        return bytes;
    }

    /** How many bytes were written. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Appends a byte. */
    public void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    /** Appends bytes as they are. */
    public void writeRaw(byte[] from, int offset, int length) {
        ensure(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /** Appends an Avro {@code int} or {@code long}: zigzag, in groups of seven bits. */
    public void writeLong(long value) {
        ensure(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Appends the lowest bytes of a number, the lowest first. */
    public void writeLittle(long bits, int width) {
        ensure(width);
        for (int i = 0; i < width; i++) {
            bytes[size++] = (byte) (bits >>> (i * Byte.SIZE));
        }
    }

    /** Appends the lowest bytes of a number, the highest first. */
    public void writeBig(long bits, int width) {
        ensure(width);
        for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (bits >>> shift);
        }
    }

    /** Flips all bits from a place on, which turns the order of what is written there round. */
    public void invert(int from) {
        for (int i = from; i < size; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
    }

    /** Appends Avro {@code bytes}: the length, then the bytes. */
    public void writeBytes(byte[] value) {
        writeLong(value.length);
        writeRaw(value, 0, value.length);
    }

    /**
     * Appends an Avro {@code string}: the length, then the UTF-8 bytes.
     *
     * @throws InvalidInputException if the text is not well-formed Unicode
     */
    public void writeString(String value) {
        int start = size;
        writeLong(value.length());
        int textStart = size;
        if (writeAscii(value)) {
            return;
        }
        size = textStart;
        writeUtf8(value);
        int length = size - textStart;
        byte[] text = Arrays.copyOfRange(bytes, textStart, size);
        size = start;
        writeLong(length);
        writeRaw(text, 0, length);
    }

    /**
     * Appends the UTF-8 bytes of a text.
     *
     * @throws InvalidInputException if the text is not well-formed Unicode
     */
    public void writeUtf8(String value) {
        int start = size;
        if (writeAscii(value)) {
            return;
        }
        size = start;
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            writeRaw(utf8.array(), utf8.arrayOffset(), utf8.remaining());
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("A text holds half of a surrogate pair. Give well-formed Unicode.", e);
        }
    }

    private boolean writeAscii(String value) {
        int length = value.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                return false;
            }
            bytes[size + i] = (byte) c;
        }
        size += length;
        return true;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int) Math.min(2L * size, 1 << 30)));
        }
    }
}
