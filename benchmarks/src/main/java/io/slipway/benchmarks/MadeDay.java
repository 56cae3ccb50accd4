package io.slipway.benchmarks;

/**
 * {@link MadeRecords} as they are on some day: a first one, or one after it on which some are gone, others have another
 * value, and as many are new as are gone.
 *
 * @param records how many there are
 * @param goneOf one record of so many is gone; 0 for none
 * @param changedOf one record of so many has another value; 0 for none
 */
record MadeDay(long records, int goneOf, int changedOf) {

    /** The first day. */
    static MadeDay first(long records) {
        return new MadeDay(records, 0, 0);
    }

    /**
     * A later day by its name.
     *
     * @param name {@code next}: 1 of 100 is gone, 5 have another value, 1 is new; {@code close}: 1 of 400, 2 and 1, which
     *     makes 1 % of changes; {@code other}: all have another value
     */
    static MadeDay later(String name, long records) {
        return switch (name) {
            case "next" -> new MadeDay(records, 100, 20);
            case "close" -> new MadeDay(records, 400, 200);
            case "other" -> new MadeDay(records, 0, 1);
            default -> throw new IllegalArgumentException("There is no day " + name);
        };
    }

    /** Whether the record of that number of the first day is gone. */
    boolean isGone(long number) {
        return goneOf > 0 && number < records && number % goneOf == 0;
    }

    /** Whether that number is not one of the first day, but one of this day. */
    boolean isNew(long number) {
        return number >= records && goneOf > 0 && (number - records) % goneOf == 0;
    }

    /** The number of the record that is new in the place of a record that is gone. */
    long replacement(long gone) {
        return gone + records;
    }

    /** Whether the record of that number has another value than on the first day. */
    boolean isChanged(long number) {
        return changedOf > 0 && number < records && number % changedOf == (changedOf == 1 ? 0 : 1);
    }

    /** Fills an array with key and value of the record of a number, whether or not it is gone. */
    void fill(long number, byte[] line) {
        MadeRecords.fill(number, line);
        if (isChanged(number)) {
            line[MadeRecords.KEY_BYTES] = 'X';
        }
    }
}
