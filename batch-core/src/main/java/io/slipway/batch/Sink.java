package io.slipway.batch;

import io.slipway.batch.type.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Which folder a job writes to, and how its files are written. Immutable and thread-safe. A further format implements
 * it.
 *
 * @param <T> what records it takes
 */
public interface Sink<T> {

    /** What is done where the folder is there already and is not empty. */
    enum Existing {
        /** The job is refused, before it does any work. */
        REFUSE,
        /** Its content is replaced when the job is done. */
        REPLACE
    }

    /** The folder. */
    Path folder();

    /** What is done where the folder is there already and is not empty. */
    Existing existing();

    /** How the names of the files end: {@code .csv.gz}. */
    String suffix();

    /**
     * Checks that records of a type can be written.
     *
     * @throws io.slipway.model.InvalidInputException if they cannot
     */
    void check(Type<? extends T> type);

    /**
     * Begins a file.
     *
     * @param type how the records are written elsewhere, which was checked
     * @param out takes the file's bytes; closed by the writer
     */
    <R extends T> RecordWriter<R> open(Type<R> type, OutputStream out) throws IOException;
}
