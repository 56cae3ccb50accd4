package io.slipway.batch.shuffle;

import java.io.IOException;

/**
 * Goes through encoded records. Key and value of the current record are ranges of arrays that hold until the next
 * call of {@link #next}. Used by one thread.
 */
public interface RecordCursor extends AutoCloseable {

    /** Goes to the next record; before the first call there is no current one. */
    boolean next() throws IOException;

    /** The array that holds the current key. */
    byte[] keyArray();

    /** Where the current key begins. */
    int keyOffset();

    /** The length of the current key. */
    int keyLength();

    /** The array that holds the current value. */
    byte[] valueArray();

    /** Where the current value begins. */
    int valueOffset();

    /** The length of the current value. */
    int valueLength();

    @Override
    void close();
}
