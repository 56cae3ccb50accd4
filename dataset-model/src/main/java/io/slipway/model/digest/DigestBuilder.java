package io.slipway.model.digest;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * Sums up records to a {@link Digest}. Not thread-safe.
 *
 * <p>A record's hash is XXH3 (64 bits, seed 0; Yann Collet, xxHash) over
 *
 * <pre>
 *   ┌──────────────┬───────────┬────────────────┬─────────────┐
 *   │ key length   │ key bytes │ value length   │ value bytes │
 *   │ 4 bytes, big │           │ 4 bytes, big   │             │
 *   └──────────────┴───────────┴────────────────┴─────────────┘
 * </pre>
 *
 * where a delete of a delta has the value length −1 and no value bytes.
 */
public final class DigestBuilder {

    private static final Hasher64 HASHER = Hashing.xxh3_64();
    private static final int LENGTHS_BYTES = 8;

    private byte[] record = new byte[512];
    private long sum;
    private long records;

    /** Adds a record. */
    public void add(byte[] key, byte[] value) {
        add(key, 0, key.length, value, 0, value.length);
    }

    /** Adds a record whose key and value are ranges of arrays. */
    public void add(byte[] key, int keyOffset, int keyLength, byte[] value, int valueOffset, int valueLength) {
        int length = frame(key, keyOffset, keyLength, valueLength, valueLength);
        System.arraycopy(value, valueOffset, record, length - valueLength, valueLength);
        sum += HASHER.hashBytesToLong(record, 0, length);
        records++;
    }

    /** Adds a delta's delete of a key. */
    public void addDelete(byte[] key) {
        int length = frame(key, 0, key.length, -1, 0);
        sum += HASHER.hashBytesToLong(record, 0, length);
        records++;
    }

    /** The digest of what has been added so far. */
    public Digest digest() {
        return new Digest(sum, records);
    }

    private int frame(byte[] key, int keyOffset, int keyLength, int valueLengthField, int valueLength) {
        int length = LENGTHS_BYTES + keyLength + valueLength;
        if (record.length < length) {
            record = new byte[Math.max(length, 2 * record.length)];
        }
        putInt(0, keyLength);
        System.arraycopy(key, keyOffset, record, 4, keyLength);
        putInt(4 + keyLength, valueLengthField);
        return length;
    }

    private void putInt(int at, int value) {
        record[at] = (byte) (value >>> 24);
        record[at + 1] = (byte) (value >>> 16);
        record[at + 2] = (byte) (value >>> 8);
        record[at + 3] = (byte) value;
    }
}
