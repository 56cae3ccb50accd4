package io.slipway.batch.shuffle;

import java.io.IOException;

/**
 * One partition of a run.
 *
 * @param run the run
 * @param partition the partition
 * @param life whether others read the run as well
 */
record Segment(Run run, int partition, Life life) {

    /** Whether others read the run as well. */
    enum Life {
        SHARED,
        OWN
    }

    RunCursor open(ShuffleSettings settings) throws IOException {
        return new RunCursor(run, settings.scratch().read(run.file()), partition, settings.blockBytes());
    }

    /** Deletes the run if nobody else reads it. */
    void release(Scratch scratch) {
        if (life == Life.OWN) {
            scratch.delete(run.file());
        }
    }
}
