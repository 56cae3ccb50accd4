package io.slipway.batch.engine;

import io.slipway.batch.plan.Receiver;
import java.io.IOException;

/** Where the records of a stage come from. Thread-safe once prepared. */
interface Root {

    /** What the stage does, for people. */
    String label();

    /** How many tasks there will be, about, before the stages before are done. */
    int expectedTasks() throws IOException;

    /** Finds out what there is to do, when the stages before are done. */
    Work prepare() throws IOException;

    /** Does one task's work. */
    void run(int task, Attempt attempt, Receiver out) throws IOException;

    /**
     * What there is to do.
     *
     * @param tasks the number of tasks
     * @param bytes how many bytes of files there are to read; 0 if none
     * @param records how many records there are to read; 0 if that is not known
     */
    record Work(int tasks, long bytes, long records) {}
}
