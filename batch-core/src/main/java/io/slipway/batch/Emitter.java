package io.slipway.batch;

/** Takes the results of a function that has any number of them. Used by one thread, within the function's call. */
public interface Emitter<R> extends Counters {

    /** Emits a record. */
    void emit(R record);
}
