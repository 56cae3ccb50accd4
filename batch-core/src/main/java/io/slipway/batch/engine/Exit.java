package io.slipway.batch.engine;

import io.slipway.batch.plan.Receiver;
import java.io.IOException;

/** Where records leave a stage: into a shuffle or an output. Thread-safe. */
interface Exit {

    /** Whether the exit sorts, and so takes a share of the task's memory. */
    boolean sorts();

    /** Opens the exit for one attempt at a task. */
    ExitAttempt open(Attempt attempt);

    /** One attempt's use of an exit. Nobody sees what it receives before the attempt has succeeded. */
    interface ExitAttempt extends Receiver, AutoCloseable {

        /** Completes what was received; returns what hands it over, to be called if the attempt has succeeded. */
        Runnable finish() throws IOException;

        /** Without {@link #finish}, discards what was received. */
        @Override
        void close();
    }
}
