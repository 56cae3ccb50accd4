package io.slipway.batch;

import java.io.Serializable;

/** A function of two arguments that can be sent to where an engine runs it. */
@FunctionalInterface
public interface SerializableBiFunction<T, U, R> extends Serializable {

    /** The result for the arguments. */
    R apply(T left, U right);
}
