package io.slipway.batch.plan;

import io.slipway.batch.Aggregator;
import io.slipway.batch.type.Type;

/** Combines by an aggregator. */
record AggregatorAccumulation(Aggregator<Object, Object, Object> aggregator, Type<Object> type)
        implements Accumulation {

    @Override
    public Object first(Object value) {
        return aggregator.add(aggregator.create(), value);
    }

    @Override
    public Object add(Object accumulator, Object value) {
        return aggregator.add(accumulator, value);
    }

    @Override
    public Object merge(Object left, Object right) {
        return aggregator.merge(left, right);
    }

    @Override
    public Object finish(Object accumulator) {
        return aggregator.finish(accumulator);
    }
}
