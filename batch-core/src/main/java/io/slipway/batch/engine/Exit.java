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

        /** Lets go of memory, if records have turned out to be large. */
        default void makeRoom() throws IOException {}

        /** Completes what was received, and gives the attempt what it {@linkplain Attempt#made made}. */
        void finish() throws IOException;

        /** Without {@link #finish}, discards what was received. */
        @Override
        void close();
    }
}
