package io.slipway.batch.engine;

import io.slipway.batch.StageSummary;
import io.slipway.batch.TaskSummary;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** What a stage has done so far. Thread-safe. */
final class StageMetrics {

    final LongAdder bytesRead = new LongAdder();
    final LongAdder recordsRead = new LongAdder();
    final LongAdder failedAttempts = new LongAdder();
    private final boolean readsInput;
    private int tasks;
    private long records;
    private long bytes;
    private Optional<TaskSummary> slowest = Optional.empty();
    private Optional<TaskSummary> largest = Optional.empty();

    StageMetrics(boolean readsInput) {
        this.readsInput = readsInput;
    }

    /** Whether the stage reads the job's input, not what another stage wrote. */
    boolean readsInput() {
        return readsInput;
    }

    /** Adds what a task did that is done. */
    synchronized void done(TaskSummary task) {
        tasks++;
        records += task.records();
        bytes += task.bytes();
        slowest = greater(slowest, task, Comparator.comparing(TaskSummary::duration));
        largest = greater(largest, task, Comparator.comparing(TaskSummary::records));
    }

    /** Adds what a task did that an earlier process has done. */
    void doneBefore(TaskSummary task) {
        bytesRead.add(task.bytes());
        recordsRead.add(task.records());
        done(task);
    }

    /** How many tasks are done. */
    synchronized int tasksDone() {
        return tasks;
    }

    /** What the stage has done. */
    synchronized StageSummary summary(int stage, String name, long spilledBytes, Duration elapsed) {
        return new StageSummary(
                stage, name, tasks, records, bytes, spilledBytes, failedAttempts.sum(), elapsed, slowest, largest);
    }

    /** Of equal ones, the one with the lower number, so that the summary is the same in every run. */
    private static Optional<TaskSummary> greater(
            Optional<TaskSummary> known, TaskSummary task, Comparator<TaskSummary> order) {
        Comparator<TaskSummary> whole =
                order.thenComparing(Comparator.comparing(TaskSummary::task).reversed());
        return known.filter(other -> whole.compare(other, task) >= 0).or(() -> Optional.of(task));
    }
}
