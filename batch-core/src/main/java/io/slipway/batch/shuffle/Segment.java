package io.slipway.batch.shuffle;

import java.io.IOException;

/**
 * Neighbouring partitions of a run.
 *
 * @param run the run
 * @param first the first partition
 * @param last the last partition
 * @param life whether others read the run as well
 */
record Segment(Run run, int first, int last, Life life) {

    /** Whether others read the run as well. */
    enum Life {
        SHARED,
        OWN
    }

    /** One partition. */
    static Segment of(Run run, int partition, Life life) {
        return new Segment(run, partition, partition, life);
    }

    RunCursor open(ShuffleSettings settings) throws IOException {
        return new RunCursor(run, settings.scratch().read(run.file()), first, last, settings.blockBytes());
    }

    /** Deletes the run if nobody else reads it. */
    void release(Scratch scratch) {
        if (life == Life.OWN) {
            scratch.delete(run.file());
        }
    }
}
