package io.slipway.batch.engine;

import io.slipway.batch.BadRecord;
import io.slipway.batch.StageSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** What a run has done so far. A task that is done again counts once. Thread-safe. */
final class RunTotals {

    static final int MOST_EXAMPLES = 5;

    final LongAdder failedAttempts = new LongAdder();
    private final List<StageSummary> stages = new ArrayList<>();
    private final TreeMap<TaskId, TaskCounts> tasks = new TreeMap<>();

    /** Takes what an attempt that succeeded has counted, in place of what an earlier one at the task did. */
    synchronized void put(TaskId task, TaskCounts counts) {
        tasks.put(task, counts);
    }

    /** What a task that is done has counted. */
    synchronized TaskCounts of(TaskId task) {
        return tasks.get(task);
    }

    /** Adds what a stage did that is done. */
    synchronized void add(StageSummary stage) {
        stages.add(stage);
    }

    synchronized List<StageSummary> stages() {
        return List.copyOf(stages);
    }

    /** How many records there were in the input that was read. */
    long recordsRead() {
        return sum(TaskCounts::recordsIn) + sum(TaskCounts::unread);
    }

    /** Whether bad records of a task may be among the first of all. */
    synchronized boolean wantsExamples(TaskId task) {
        return tasks.headMap(task).values().stream()
                        .mapToInt(counts -> counts.badRecords().size())
                        .sum()
                < MOST_EXAMPLES;
    }

    /** The sum over all tasks. */
    synchronized long sum(ToLongFunction<TaskCounts> count) {
        return tasks.values().stream().mapToLong(count).sum();
    }

    /** The sum over the tasks of a stage. */
    synchronized long sum(int stage, ToLongFunction<TaskCounts> count) {
        return tasks.subMap(new TaskId(stage, 0), new TaskId(stage + 1, 0)).values().stream()
                .mapToLong(count)
                .sum();
    }

    synchronized Map<String, Long> counters() {
        Map<String, Long> sums = new TreeMap<>();
        tasks.values()
                .forEach(counts -> counts.counters().forEach((name, count) -> sums.merge(name, count, Long::sum)));
        return sums;
    }

    /** The first few, in the order of the tasks. */
    synchronized List<BadRecord> badRecords() {
        return tasks.values().stream()
                .flatMap(counts -> counts.badRecords().stream())
                .limit(MOST_EXAMPLES)
                .toList();
    }
}
