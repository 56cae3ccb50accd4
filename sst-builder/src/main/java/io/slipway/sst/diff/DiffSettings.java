package io.slipway.sst.diff;

import io.slipway.model.InvalidInputException;

/**
 * How versions are compared.
 *
 * @param examples how many examples of each kind the result has
 * @param reading which partitions are read
 */
public record DiffSettings(int examples, Reading reading) {

    /** Five examples of each kind; partitions of equal digest are not read. */
    public static final DiffSettings DEFAULT = new DiffSettings(5, Reading.DIFFERING);

    private static final int MOST_EXAMPLES = 1000;

    /** Which partitions are read. */
    public enum Reading {
        /**
         * Those whose record count or digest differs, if both versions are partitioned alike and have the same value
         * schema. A difference is missed if two partitions have one digest by chance: once in 2^64.
         */
        DIFFERING,
        /** All. */
        ALL
    }

    /**
     * Checks the number.
     *
     * @throws InvalidInputException if it is not from 0 to 1,000
     */
    public DiffSettings {
        if (examples < 0 || examples > MOST_EXAMPLES) {
            throw new InvalidInputException(
                    examples + " examples are not possible. Ask for 0 to " + MOST_EXAMPLES + ".");
        }
    }

    /** These settings with another number of examples. */
    public DiffSettings withExamples(int count) {
        return new DiffSettings(count, reading);
    }

    /** These settings with another choice of partitions. */
    public DiffSettings withReading(Reading other) {
        return new DiffSettings(examples, other);
    }
}
