package io.slipway.batch;

import io.slipway.batch.type.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a job reads. Immutable and thread-safe. A further format implements it.
 *
 * @param <T> what its records are
 */
public interface Source<T> {

    /** A name for people: {@code flights.csv.gz}. */
    String label();

    /** How records are written when they are shuffled or published; throws if records of this source cannot be. */
    Type<T> type();

    /**
     * The files that the input consists of, in the order of the input; none if it does not consist of files.
     *
     * @throws io.slipway.model.InvalidInputException if there are none where there should be
     */
    List<Path> files();

    /**
     * Cuts the input into parts that can be read at the same time, in the order of the input. Each record belongs to
     * exactly one of them.
     *
     * @param targetBytes about how large a part should be where a file can be cut
     */
    List<Split> splits(long targetBytes) throws IOException;

    /**
     * Reads a part.
     *
     * @throws io.slipway.model.InvalidInputException if a record cannot be read, with file and line
     */
    void read(Split split, SourceContext<T> context) throws IOException;
}
