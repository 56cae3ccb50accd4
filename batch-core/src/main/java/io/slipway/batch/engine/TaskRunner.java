package io.slipway.batch.engine;

import io.slipway.batch.TaskSummary;
import io.slipway.model.CorruptDataException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Does the tasks of one stage, each with as many attempts as a task may have. Thread-safe: a task is done by one thread
 * at a time.
 *
 * <p>An attempt that failed because a run that it reads is damaged does not count as its own failure but as one of the
 * task that made the run, which is done again. So a disk that damages what it keeps ends the job when some task has
 * used up its attempts, and a reader of many damaged runs does not end it earlier.
 */
final class TaskRunner {

    private final RunContext run;
    private final Stage stage;
    private final int number;
    private final Lineage lineage;
    private final Map<Integer, Task> tasks = new ConcurrentHashMap<>();

    TaskRunner(RunContext run, Stage stage, int number, Lineage lineage) {
        this.run = run;
        this.stage = stage;
        this.number = number;
        this.lineage = lineage;
    }

    /**
     * Does a task; returns what was done.
     *
     * @throws TaskFailedException if it has failed for good
     * @throws CancelledException if another one has
     */
    TaskSummary run(int task, StageMetrics metrics) {
        Task state = task(task);
        synchronized (state) {
            return complete(state, metrics);
        }
    }

    /**
     * Does a task again whose product is damaged, if that is still needed when it is this thread's turn.
     *
     * @throws TaskFailedException if it has failed for good
     * @throws CancelledException if another one has
     */
    void redo(int task, CorruptDataException damage, BooleanSupplier isNeeded) {
        Task state = task(task);
        synchronized (state) {
            if (isNeeded.getAsBoolean()) {
                count(state, damage);
                complete(state, new StageMetrics(stage.readsInput()));
            }
        }
    }

    private Task task(int task) {
        return tasks.computeIfAbsent(task, Task::new);
    }

    private TaskSummary complete(Task task, StageMetrics metrics) {
        while (!run.cancelled().get()) {
            int attempt = task.attempts++;
            try {
                return attempt(task.number, attempt, metrics);
            } catch (CancelledException e) {
                throw e;
            } catch (Throwable e) {
                failed(task, attempt, e, metrics);
            }
        }
        throw new CancelledException();
    }

    private TaskSummary attempt(int task, int attemptNumber, StageMetrics metrics) throws IOException {
        Instant start = run.settings().clock().instant();
        AttemptMemory memory = stage.memory(run.settings().shareBytes());
        Attempt attempt = new Attempt(run, metrics, new TaskId(number, task), attemptNumber, memory);
        boolean succeeded = false;
        try {
            stage.run(attempt);
            TaskResult result = attempt.result(
                    Duration.between(start, run.settings().clock().instant()));
            run.checkpoints().done(result);
            result.deliver(run.totals());
            succeeded = true;
            return result.counts().summary();
        } finally {
            if (!succeeded) {
                attempt.failed();
            }
        }
    }

    private void failed(Task task, int attempt, Throwable e, StageMetrics metrics) {
        if (!lineage.mend(e)) {
            count(task, e);
        }
        metrics.failedAttempts.increment();
        run.totals().failedAttempts.increment();
        run.settings().listener().attemptFailed(stage.label(), task.number, attempt, e);
    }

    private void count(Task task, Throwable e) {
        task.failures.add(e);
        if (isFinal(e) || task.failures.size() >= run.settings().attempts()) {
            throw new TaskFailedException(task.failures);
        }
    }

    /** Whether trying again would only fail again: wrong input, a lost version, or the JVM's own trouble. */
    private static boolean isFinal(Throwable e) {
        boolean mayPass = e instanceof UnavailableException || e instanceof CorruptDataException;
        return e instanceof Error || (e instanceof SlipwayException && !mayPass);
    }

    /** What has been tried at one task. */
    private static final class Task {

        private final int number;
        private final List<Throwable> failures = new ArrayList<>();
        private int attempts;

        Task(int number) {
            this.number = number;
        }
    }
}
