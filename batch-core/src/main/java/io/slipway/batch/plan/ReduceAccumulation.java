package io.slipway.batch.plan;

import io.slipway.batch.SerializableBiFunction;
import io.slipway.batch.type.Type;

/** Combines by a function of two values. */
record ReduceAccumulation(SerializableBiFunction<Object, Object, Object> function, Type<Object> type)
        implements Accumulation {

    @Override
    public Object first(Object value) {
        return value;
    }

    @Override
    public Object add(Object accumulator, Object value) {
        return function.apply(accumulator, value);
    }

    @Override
    public Object merge(Object left, Object right) {
        return function.apply(left, right);
    }

    @Override
    public Object finish(Object accumulator) {
        return accumulator;
    }
}
