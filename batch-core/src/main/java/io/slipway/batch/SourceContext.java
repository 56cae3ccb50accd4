package io.slipway.batch;

import java.util.function.Supplier;

/** Takes what a source reads. Used by one thread. */
public interface SourceContext<T> extends Emitter<T> {

    /** The name of the counter of records that were left out because they could not be read. */
    String BAD_RECORDS = "bad records";

    /** Reports that so many more bytes of the input were read, for the progress. */
    void bytesRead(long bytes);

    /** Reports a record that is left out because it could not be read. */
    void badRecord(BadRecord record);

    /**
     * Reports a record that is left out because it could not be read, where it takes work to say which.
     *
     * @param record which; asked for only if it is one of the few that the job's result shows
     */
    default void badRecord(Supplier<BadRecord> record) {
        badRecord(record.get());
    }
}
