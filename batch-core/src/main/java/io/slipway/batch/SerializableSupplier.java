package io.slipway.batch;

import java.io.Serializable;

/** A supplier that can be sent to where an engine runs it. */
@FunctionalInterface
public interface SerializableSupplier<T> extends Serializable {

    /** A new result. */
    T get();
}
