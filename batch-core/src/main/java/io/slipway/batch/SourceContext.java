package io.slipway.batch;

/** Takes what a source reads. Used by one thread. */
public interface SourceContext<T> extends Emitter<T> {

    /** The name of the counter of records that were left out because they could not be read. */
    String BAD_RECORDS = "bad records";

    /** Reports that so many more bytes of the input were read, for the progress. */
    void bytesRead(long bytes);

    /** Reports a record that is left out because it could not be read. */
    void badRecord(BadRecord record);
}
