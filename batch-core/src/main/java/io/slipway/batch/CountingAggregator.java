package io.slipway.batch;

import io.slipway.batch.type.Type;
import io.slipway.batch.type.WrittenAs;

/**
 * Counts values. The count is changed in place: a new object for each value, far from the table that refers to it, would
 * cost more than all else that counting does.
 */
record CountingAggregator<V>() implements Aggregator<V, CountingAggregator.Count, Long> {

    @Override
    public Count create() {
        return new Count(new Written(0));
    }

    @Override
    public Count add(Count count, V value) {
        count.number++;
        return count;
    }

    @Override
    public Count merge(Count left, Count right) {
        left.number += right.number;
        return left;
    }

    @Override
    public Long finish(Count count) {
        return count.number;
    }

    @Override
    public Type<Count> accumulatorType() {
        return Type.of(Count.class);
    }

    @Override
    public Type<Long> resultType() {
        return Type.of(Long.class);
    }

    /** How a count is written. */
    record Written(long number) {}

    /** A count so far. */
    public static final class Count implements WrittenAs<Written> {

        private long number;

        /** The count that was written. */
        public Count(Written written) {
            number = written.number();
        }

        @Override
        public Written toRecord() {
            return new Written(number);
        }
    }
}
