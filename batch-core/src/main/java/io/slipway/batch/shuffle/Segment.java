package io.slipway.batch.shuffle;

import io.slipway.model.CorruptDataException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

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

    /**
     * Opens the segment.
     *
     * @throws CorruptDataException if the file has vanished
     */
    RunCursor open(ShuffleSettings settings) throws IOException {
        try {
            return new RunCursor(run, settings.scratch().read(run.file()), first, last, settings.blockBytes());
        } catch (NoSuchFileException e) {
            throw new CorruptDataException(run.file().toString(), "whole file", "it is not there", e);
        }
    }

    /** Deletes the run if nobody else reads it. */
    void release(Scratch scratch) {
        if (life == Life.OWN) {
            scratch.delete(run.file());
        }
    }
}
