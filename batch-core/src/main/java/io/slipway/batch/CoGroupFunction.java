package io.slipway.batch;

import java.io.Serializable;
import java.util.Iterator;

/** Makes any number of records of all values of two flows that share a key. */
@FunctionalInterface
public interface CoGroupFunction<K, V, W, R> extends Serializable {

    /**
     * Emits what becomes of a key's values. Both sides are streamed: to be gone through once, in any turns, within this
     * call; they need not fit in memory.
     *
     * @param key the key, which one side at least has
     * @param left the left flow's values in the order of the input; none if it does not have the key
     * @param right the right flow's values in the order of the input; none if it does not have the key
     * @param out takes the results
     */
    void apply(K key, Iterator<V> left, Iterator<W> right, Emitter<R> out);
}
