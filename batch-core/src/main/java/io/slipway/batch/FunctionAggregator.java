package io.slipway.batch;

import io.slipway.batch.type.Type;
import io.slipway.batch.type.TypeInference;

/** An aggregator of four functions. */
record FunctionAggregator<V, A, R>(
        SerializableSupplier<A> creator,
        SerializableBiFunction<A, V, A> adder,
        SerializableBiFunction<A, A, A> merger,
        SerializableFunction<A, R> finisher)
        implements Aggregator<V, A, R> {

    @Override
    public A create() {
        return creator.get();
    }

    @Override
    public A add(A accumulator, V value) {
        return adder.apply(accumulator, value);
    }

    @Override
    public A merge(A left, A right) {
        return merger.apply(left, right);
    }

    @Override
    public R finish(A accumulator) {
        return finisher.apply(accumulator);
    }

    @Override
    public Type<A> accumulatorType() {
        return TypeInference.resultOf(creator, SerializableSupplier.class, 0, "Aggregator.of as create");
    }

    @Override
    public Type<R> resultType() {
        return TypeInference.resultOf(finisher, SerializableFunction.class, 1, "Aggregator.of as finish");
    }
}
