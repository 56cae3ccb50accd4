package io.slipway.examples.delays;

/** A quarter of the day, in local time. */
public enum PartOfDay {
    /** From midnight to 6. */
    NIGHT,
    /** From 6 to noon. */
    MORNING,
    /** From noon to 18. */
    AFTERNOON,
    /** From 18 to midnight. */
    EVENING;

    private static final PartOfDay[] ALL = values();
    private static final int HOURS = 24 / ALL.length;

    /** The part that an hour from 0 to 23 belongs to. */
    static PartOfDay ofHour(int hour) {
        return ALL[hour / HOURS];
    }
}
