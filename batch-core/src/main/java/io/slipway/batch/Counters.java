package io.slipway.batch;

/** The named counters of a job. What an attempt that failed has counted is not in the result. */
@FunctionalInterface
public interface Counters {

    /** Adds to a counter, which begins at 0. */
    void count(String counter, long delta);
}
