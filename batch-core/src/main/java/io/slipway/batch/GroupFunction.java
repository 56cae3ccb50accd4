package io.slipway.batch;

import java.io.Serializable;
import java.util.Iterator;

/** Makes any number of records of all values that share a key. */
@FunctionalInterface
public interface GroupFunction<K, V, R> extends Serializable {

    /**
     * Emits what becomes of a group.
     *
     * @param key the key
     * @param values the group's values in the order of the input or the chosen one, streamed: to be gone through once, within this call;
     *     they need not fit in memory
     * @param out takes the results
     */
    void apply(K key, Iterator<V> values, Emitter<R> out);
}
