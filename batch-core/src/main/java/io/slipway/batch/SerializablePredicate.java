package io.slipway.batch;

import java.io.Serializable;

/** A condition that can be sent to where an engine runs it. */
@FunctionalInterface
public interface SerializablePredicate<T> extends Serializable {

    /** Whether the argument fulfils the condition. */
    boolean test(T argument);
}
