package io.slipway.serving.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Range;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;

/**
 * Finds keys by how much of a partition's files lies before them, from the files' indexes alone: by halving the range of
 * keys. Used by one thread.
 */
final class KeyPlaces {

    /** So near is near enough: about a block. */
    private static final long TOLERANCE_BYTES = 4 << 10;

    /** Eight steps find one byte of a key; the rest of a longer key is left to chance. */
    private static final int MOST_STEPS = 8 * 64;

    private final RocksDB database;
    private final ColumnFamilyHandle family;
    private final byte[] first;
    private final byte[] end;
    private final long bytes;

    /** The places of a partition with these keys at its ends. */
    KeyPlaces(RocksDB database, ColumnFamilyHandle family, byte[] first, byte[] last) throws RocksDBException {
        this.database = database;
        this.family = family;
        this.first = first;
        this.end = Arrays.copyOf(last, last.length + 1);
        this.bytes = bytesBefore(end);
    }

    /**
     * A key, which need not be there, with about so much of the partition before it.
     *
     * @param fraction from 0 up to, not including, 1
     */
    byte[] at(double fraction) throws RocksDBException {
        long target = (long) (fraction * bytes);
        byte[] low = first;
        byte[] high = end;
        for (int step = 0; step < MOST_STEPS; step++) {
            byte[] middle = middle(low, high);
            if (middle == low) {
                break;
            }
            long before = bytesBefore(middle);
            if (Math.abs(before - target) <= TOLERANCE_BYTES) {
                return middle;
            }
            if (before < target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long bytesBefore(byte[] key) throws RocksDBException {
        try (Slice from = new Slice(first);
                Slice to = new Slice(key)) {
            return database.getApproximateSizes(
                            family, List.of(new Range(from, to)), SizeApproximationFlag.INCLUDE_FILES)[0];
        }
    }

    /**
     * A key between two, half way as far as the eight bytes behind their common beginning tell; the lower one itself if
     * there is none.
     */
    static byte[] middle(byte[] low, byte[] high) {
        int same = Arrays.mismatch(low, high);
        long from = eightBytes(low, same);
        long half = (eightBytes(high, same) - from) >>> 1;
        if (half == 0) {
            return low;
        }
        byte[] middle = Arrays.copyOf(low, same + Long.BYTES);
        ByteBuffer.wrap(middle).putLong(same, from + half);
        return middle;
    }

    private static long eightBytes(byte[] key, int from) {
        long bytes = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            bytes = bytes << Byte.SIZE | (i < key.length ? Byte.toUnsignedInt(key[i]) : 0);
        }
        return bytes;
    }
}
