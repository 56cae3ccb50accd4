package io.slipway.batch;

import java.time.Duration;

/**
 * What one task did, in the attempt that succeeded.
 *
 * @param task its number in the stage, from 0; after a shuffle that of its partition
 * @param attempts how many attempts it took
 * @param records how many records it read
 * @param bytes how many bytes of files it read; 0 if it read what another stage wrote
 * @param duration how long the attempt took
 */
public record TaskSummary(int task, int attempts, long records, long bytes, Duration duration) {}
