package io.slipway.batch.format;

import java.util.Optional;

/** Makes a record of a line. Thread-safe. */
@FunctionalInterface
interface LineParser<T> {

    /**
     * The record, or nothing for a line that has none.
     *
     * @throws BadValueException if the line is not as it should be
     */
    Optional<T> parse(String text, SplitLines lines, long lineInSplit) throws BadValueException;
}
