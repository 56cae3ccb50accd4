package io.slipway.batch;

import io.slipway.model.RunId;

/**
 * Is told how a job gets on. Called by several threads, also at once, so it has to be thread-safe; should return soon,
 * and must not throw.
 */
public interface JobListener {

    /** A listener that does nothing. */
    JobListener NONE = new JobListener() {};

    /** A run is taken up where an earlier process left it: so many of about so many tasks are done. */
    default void resumed(RunId run, int tasksDone, int tasks) {}

    /** A run that an earlier process left unfinished has to start over, because of this change since then. */
    default void startedOver(RunId run, String change) {}

    /** A stage begins. */
    default void stageStarted(StageProgress progress) {}

    /** A stage goes on; called a few times a second. */
    default void stageProgress(StageProgress progress) {}

    /** A stage has ended well. */
    default void stageFinished(StageProgress progress) {}

    /** A task of a stage, whose number is given, has ended well. */
    default void taskFinished(int stage, TaskSummary task) {}

    /** An attempt at a task has failed and is repeated. */
    default void attemptFailed(String stage, int task, int attempt, Throwable cause) {}
}
