package io.slipway.batch;

import io.slipway.model.InvalidInputException;
import java.nio.file.Path;

/**
 * Where records that cannot be used go, instead of failing the job, and how many may. The file is written when the job
 * ends, also if it fails: a JSON object a line, with {@code file}, {@code place}, {@code reason} and {@code value}, in
 * the order of the input; none, if no record was bad. It is there as a whole or not at all, and before any version that
 * the job publishes.
 *
 * @param file the file; one that is there is replaced
 * @param limit beyond how many the job fails
 */
public record DeadLetters(Path file, Limit limit) {

    private static final Share DEFAULT_LIMIT = new Share(0.01);

    /** Up to how many records may be bad. */
    public sealed interface Limit permits Count, Share {}

    /**
     * Up to a number of records; the job fails as soon as there are more.
     *
     * @param records the number
     */
    public record Count(long records) implements Limit {

        /**
         * Checks the number.
         *
         * @throws InvalidInputException if it is negative
         */
        public Count {
            if (records < 0) {
                throw new InvalidInputException(records + " bad records are no limit. Give 0 or more.");
            }
        }

        @Override
        public String toString() {
            return Long.toString(records);
        }
    }

    /**
     * Up to a share of all records that are read; checked when a stage has read all of its input.
     *
     * @param ofRecords the share, from 0 to 1
     */
    public record Share(double ofRecords) implements Limit {

        /**
         * Checks the share.
         *
         * @throws InvalidInputException if it is not from 0 to 1
         */
        public Share {
            if (!(ofRecords >= 0 && ofRecords <= 1)) {
                throw new InvalidInputException(ofRecords + " is no share of records. Give one from 0 to 1.");
            }
        }

        @Override
        public String toString() {
            return ofRecords * 100 + "%";
        }
    }

    /** Dead letters in a file, up to one record in a hundred. */
    public static DeadLetters in(Path file) {
        return new DeadLetters(file, DEFAULT_LIMIT);
    }

    /** With another limit. */
    public DeadLetters atMost(Limit most) {
        return new DeadLetters(file, most);
    }
}
