package io.slipway.batch;

/**
 * Is told how a job gets on. Called by one thread at a time, not always the same; should return soon, and must not
 * throw.
 */
public interface JobListener {

    /** A listener that does nothing. */
    JobListener NONE = new JobListener() {};

    /** A stage begins. */
    default void stageStarted(StageProgress progress) {}

    /** A stage goes on; called a few times a second. */
    default void stageProgress(StageProgress progress) {}

    /** A stage has ended well. */
    default void stageFinished(StageProgress progress) {}

    /** An attempt at a task has failed and is repeated. */
    default void attemptFailed(String stage, int task, int attempt, Throwable cause) {}
}
