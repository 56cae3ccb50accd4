package io.slipway.batch;

import java.time.Duration;
import java.util.Optional;

/**
 * What a stage did.
 *
 * @param stage the number of the stage, from 1
 * @param name what the stage does, for people
 * @param tasks how many tasks it had
 * @param records how many records its tasks read
 * @param bytes how many bytes of files its tasks read; 0 if they read what another stage wrote
 * @param spilledBytes how many bytes were written to scratch files meanwhile, compressed
 * @param failedAttempts how many attempts at its tasks failed and were repeated
 * @param elapsed how long it took
 * @param slowest the task that took longest; absent if there was none
 * @param largest the task that read most records; absent if there was none
 */
public record StageSummary(
        int stage,
        String name,
        int tasks,
        long records,
        long bytes,
        long spilledBytes,
        long failedAttempts,
        Duration elapsed,
        Optional<TaskSummary> slowest,
        Optional<TaskSummary> largest) {

    /** How many times the records of the average task the largest had: 1 where all had as many, or none had any. */
    public double skew() {
        return records == 0
                ? 1
                : largest.map(task -> (double) task.records() * tasks / records).orElse(1.0);
    }
}
