package io.slipway.batch;

import io.slipway.batch.type.Type;
import io.slipway.batch.type.TypeInference;
import io.slipway.model.InvalidInputException;
import java.io.Serializable;

/**
 * Makes one result of all values of a key, in parts: parts of the values are added up to accumulators before the
 * shuffle, and the accumulators are merged after it. How the values are cut into parts is the engine's choice, so
 * {@link #merge} has to be associative. Parts are added and merged in the order of the input.
 *
 * @param <V> the values
 * @param <A> the accumulator; may be mutable and be changed in place, which is faster
 * @param <R> the result
 */
public interface Aggregator<V, A, R> extends Serializable {

    /** A new accumulator of no values. */
    A create();

    /** The accumulator with a further value, which may be the given one, changed. */
    A add(A accumulator, V value);

    /** The accumulator of the values of both, of which the left come first; may be one of them, changed. */
    A merge(A left, A right);

    /** The result of an accumulator. */
    R finish(A accumulator);

    /** How accumulators are written; by default found out from the class's declaration. */
    default Type<A> accumulatorType() {
        return declared(1, "accumulatorType");
    }

    /** How results are written; by default found out from the class's declaration. */
    default Type<R> resultType() {
        return declared(2, "resultType");
    }

    /** An aggregator of four functions; the types are found out from {@code create} and {@code finish}. */
    static <V, A, R> Aggregator<V, A, R> of(
            SerializableSupplier<A> create,
            SerializableBiFunction<A, V, A> add,
            SerializableBiFunction<A, A, A> merge,
            SerializableFunction<A, R> finish) {
        return new FunctionAggregator<>(create, add, merge, finish);
    }

    /** Counts the values. */
    static <V> Aggregator<V, ?, Long> counting() {
        return new CountingAggregator<V>();
    }

    private <T> Type<T> declared(int parameter, String method) {
        java.lang.reflect.Type type = TypeInference.argument(getClass(), Aggregator.class, parameter)
                .orElseThrow(() -> new InvalidInputException(
                        getClass().getName() + " does not declare its types. Implement " + method + "."));
        @SuppressWarnings("unchecked")
        Type<T> found = (Type<T>) Type.of(type);
        return found;
    }
}
