package io.slipway.batch;

import java.io.Closeable;
import java.io.IOException;

/**
 * Writes the records of one file. Used by one thread.
 *
 * @param <T> the records
 */
public interface RecordWriter<T> extends Closeable {

    /**
     * Writes a record.
     *
     * @throws io.slipway.model.InvalidInputException if the format has no form for it
     */
    void write(T record) throws IOException;

    /** Completes the file, which is whole only then, and closes it. */
    @Override
    void close() throws IOException;
}
