package io.slipway.batch.engine;

import io.slipway.batch.shuffle.KeyRange;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** What of a run is kept for the case that its process dies. Thread-safe. */
interface Checkpoints {

    /** Nothing is kept. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public void restore(RunContext run, Planner planner, Targets targets) {
            // Nothing is kept.
        }

        @Override
        public boolean isDone(TaskId task) {
            return false;
        }

        @Override
        public void done(TaskResult result) {
            // Nothing is kept.
        }

        @Override
        public List<KeyRange> ranges(Edge edge, Supplier<List<KeyRange>> choice) {
            return choice.get();
        }
    };

    /** Delivers what earlier processes have done, and tells about it; before anything else is done. */
    void restore(RunContext run, Planner planner, Targets targets) throws IOException;

    /** Whether a task was done by an earlier process, and its result has been delivered. */
    boolean isDone(TaskId task);

    /** Keeps what a task came to, which is not delivered yet. */
    void done(TaskResult result) throws IOException;

    /**
     * The ranges in which an edge's runs are read: those chosen by an earlier process, or else these, which are kept.
     * They must not change once a range has been read, though runs may be made again and differ in their samples.
     */
    List<KeyRange> ranges(Edge edge, Supplier<List<KeyRange>> choice) throws IOException;
}
