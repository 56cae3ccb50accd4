package io.slipway.examples.delays;

/**
 * The delays of some flights of one route, by part of the day: the accumulator of {@link DelayAggregator}. Immutable.
 *
 * @param night those of {@link PartOfDay#NIGHT}
 * @param morning those of {@link PartOfDay#MORNING}
 * @param afternoon those of {@link PartOfDay#AFTERNOON}
 * @param evening those of {@link PartOfDay#EVENING}
 */
record DelaysByPart(DelayHistogram night, DelayHistogram morning, DelayHistogram afternoon, DelayHistogram evening) {

    static final DelaysByPart EMPTY =
            new DelaysByPart(DelayHistogram.EMPTY, DelayHistogram.EMPTY, DelayHistogram.EMPTY, DelayHistogram.EMPTY);

    /** These with one flight more. */
    DelaysByPart plus(PartOfDay part, int delay) {
        return switch (part) {
            case NIGHT -> new DelaysByPart(night.plus(delay), morning, afternoon, evening);
            case MORNING -> new DelaysByPart(night, morning.plus(delay), afternoon, evening);
            case AFTERNOON -> new DelaysByPart(night, morning, afternoon.plus(delay), evening);
            case EVENING -> new DelaysByPart(night, morning, afternoon, evening.plus(delay));
        };
    }

    /** These and others. */
    DelaysByPart plus(DelaysByPart other) {
        return new DelaysByPart(
                night.plus(other.night),
                morning.plus(other.morning),
                afternoon.plus(other.afternoon),
                evening.plus(other.evening));
    }

    /** The delays of a part. */
    DelayHistogram of(PartOfDay part) {
        return switch (part) {
            case NIGHT -> night;
            case MORNING -> morning;
            case AFTERNOON -> afternoon;
            case EVENING -> evening;
        };
    }

    /** The delays of the whole day. */
    DelayHistogram wholeDay() {
        return night.plus(morning).plus(afternoon).plus(evening);
    }
}
