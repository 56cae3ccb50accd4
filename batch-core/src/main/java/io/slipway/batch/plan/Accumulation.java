package io.slipway.batch.plan;

import io.slipway.batch.Aggregator;
import io.slipway.batch.SerializableBiFunction;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.util.Comparator;

/** How the values of a key are combined, without the types that the compiler has checked. Thread-safe. */
public interface Accumulation {

    /** How accumulators are written. */
    Type<Object> type();

    /** The accumulator of a first value. */
    Object first(Object value);

    /** The accumulator with a further value. */
    Object add(Object accumulator, Object value);

    /** The accumulator of the values of both, of which the left come first. */
    Object merge(Object left, Object right);

    /** The result of an accumulator. */
    Object finish(Object accumulator);

    /** By an aggregator. */
    static Accumulation of(Aggregator<?, ?, ?> aggregator) {
        Aggregator<Object, Object, Object> a = Steps.cast(aggregator);
        return new AggregatorAccumulation(a, a.accumulatorType());
    }

    /** By a function of two values. */
    static Accumulation reduce(SerializableBiFunction<?, ?, ?> function, Type<?> type) {
        SerializableBiFunction<Object, Object, Object> f = Steps.cast(function);
        return new ReduceAccumulation(f, Steps.any(type));
    }

    /**
     * The greatest values.
     *
     * @throws InvalidInputException if the count is not positive
     */
    static Accumulation top(int count, Comparator<?> order, Type<?> type) {
        if (count < 1) {
            throw new InvalidInputException("The top " + count + " is nothing. Ask for 1 or more.");
        }
        return new TopAccumulation(count, Steps.cast(order), Type.listOf(Steps.any(type)));
    }
}
