package io.slipway.batch;

import java.time.Duration;

/**
 * How far a stage is.
 *
 * @param stage the number of the stage, from 1
 * @param stages how many stages the job has
 * @param name what the stage does, for people
 * @param tasks how many tasks it has
 * @param tasksDone how many of them are done
 * @param bytesRead how many bytes of files it has read
 * @param bytesTotal how many there are to read; 0 if it reads what another stage wrote
 * @param recordsRead how many records it has read
 * @param recordsTotal how many there are to read; 0 if that is not known
 * @param spilledBytes how many bytes the job has written to scratch files so far
 * @param elapsed how long the stage has been running
 */
public record StageProgress(
        int stage,
        int stages,
        String name,
        int tasks,
        int tasksDone,
        long bytesRead,
        long bytesTotal,
        long recordsRead,
        long recordsTotal,
        long spilledBytes,
        Duration elapsed) {

    /** The share that is done, from 0 to 1, as far as that can be told. */
    public double share() {
        if (tasksDone == tasks) {
            return 1;
        }
        double share =
                bytesTotal > 0 ? (double) bytesRead / bytesTotal : (double) recordsRead / Math.max(1, recordsTotal);
        return Math.min(1, share);
    }
}
