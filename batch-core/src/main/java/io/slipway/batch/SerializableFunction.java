package io.slipway.batch;

import java.io.Serializable;

/** A function of one argument that can be sent to where an engine runs it. */
@FunctionalInterface
public interface SerializableFunction<T, R> extends Serializable {

    /** The result for an argument. */
    R apply(T argument);
}
