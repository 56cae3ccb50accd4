package io.slipway.batch.format;

import java.util.Optional;

/** Makes records of lines. Used by one thread. */
@FunctionalInterface
interface LineParser<T> {

    /**
     * The record of the line that a reader is at, or nothing for a line that has none.
     *
     * @throws BadValueException if the line is not as it should be
     */
    Optional<T> parse(LineReader line) throws BadValueException;
}
