package io.slipway.batch;

import java.io.Serializable;

/** Makes any number of records of one. */
@FunctionalInterface
public interface FlatMapFunction<T, R> extends Serializable {

    /** Emits what becomes of a record. */
    void apply(T record, Emitter<R> out);
}
