package io.slipway.batch;

import java.io.IOException;
import java.util.function.Supplier;

/** Takes what a source reads. Used by one thread. */
public interface SourceContext<T> extends Emitter<T>, BadRecordTaker {

    /** The name of the counter of records that were left out because they could not be used. */
    String BAD_RECORDS = "bad records";

    /**
     * Reports that the source holds so many bytes of one record, and may come to hold more: others let go of memory. For
     * sources whose records may be large; to be called as what is held doubles.
     */
    default void holds(long bytes) throws IOException {}

    /** Reports that so many more bytes of the input were read, for the progress. */
    void bytesRead(long bytes);

    /** Reports that so many more bytes of content were read: of a compressed file, what came out of it. */
    default void contentRead(long bytes) {}

    /**
     * Reports a record that cannot be used and is left out, whatever becomes of refused ones.
     *
     * @param record the record; asked for only if somebody looks at it
     */
    void badRecord(Supplier<BadRecord> record);
}
