package io.slipway.kafka.control;

import io.slipway.model.digest.Digest;

/**
 * What an attempt wrote into its partition.
 *
 * @param digest the number of its records and the sum of their hashes
 * @param deletes how many of the records are deletes of a delta
 * @param bytes the size of keys and values
 * @param duplicates how many records shared their key with one that was written, beyond the first
 */
public record AttemptTotals(Digest digest, long deletes, long bytes, long duplicates) {

    /** Of an attempt without records. */
    public static final AttemptTotals NONE = new AttemptTotals(Digest.EMPTY, 0, 0, 0);
}
