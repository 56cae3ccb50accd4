package io.slipway.batch.plan;

import io.slipway.batch.Collected;

/**
 * Hands records to the caller, in memory.
 *
 * @param input what comes before
 * @param handle what the caller asks with
 * @param form what of a record is handed over
 */
public record CollectOutput(Node input, Collected<?> handle, Form form) implements Output {

    /** What of a record is handed over. */
    public enum Form {
        /** The value. */
        VALUES,
        /** A {@link io.slipway.batch.KeyValue}. */
        PAIRS
    }
}
