package io.slipway.sst;

import java.util.Arrays;

/**
 * Steps through records in ascending order of their keys. The arrays of a record belong to the cursor: they hold it until
 * the next step, from index 0 on, and may be longer. Not thread-safe; to be closed, which frees what RocksDB holds.
 *
 * <p>Whatever the cursor can check of the files that it reads, it checks: only after {@link #next} has returned false is
 * all that was shown known to be what the manifest says.
 */
public interface RecordCursor extends AutoCloseable {

    /**
     * Goes to the next record, at first to the first one.
     *
     * @return whether there is one
     * @throws io.slipway.model.CorruptDataException if what is read is not what the manifest says, naming the file; what
     *     was shown before is not to be used
     */
    boolean next();

    /** The array that begins with the key. */
    byte[] key();

    /** How long the key is. */
    int keyLength();

    /** The array that begins with the value. */
    byte[] value();

    /** How long the value is. */
    int valueLength();

    /** The key as an array of its own. */
    default byte[] copyKey() {
        return Arrays.copyOf(key(), keyLength());
    }

    /** The value as an array of its own. */
    default byte[] copyValue() {
        return Arrays.copyOf(value(), valueLength());
    }

    /** Compares the key with that of another cursor's record, as bytes without a sign. */
    default int compareKey(RecordCursor other) {
        return Arrays.compareUnsigned(key(), 0, keyLength(), other.key(), 0, other.keyLength());
    }

    @Override
    void close();
}
