package io.slipway.batch.engine;

import io.slipway.batch.BadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What a run has done so far. Thread-safe. */
final class RunTotals {

    static final int MOST_EXAMPLES = 5;

    final LongAdder bytesIn = new LongAdder();
    final LongAdder recordsIn = new LongAdder();
    final LongAdder recordsOut = new LongAdder();
    final LongAdder failedAttempts = new LongAdder();
    private final Map<String, Long> counters = new TreeMap<>();
    private final TreeMap<Integer, List<BadRecord>> badRecords = new TreeMap<>();

    /** Adds what an attempt that succeeded has counted. */
    synchronized void add(int task, Map<String, Long> counted, List<BadRecord> bad) {
        counted.forEach((name, delta) -> counters.merge(name, delta, Long::sum));
        badRecords.computeIfAbsent(task, any -> new ArrayList<>()).addAll(bad);
    }

    /** Whether bad records of a task may be among the first of all. */
    synchronized boolean wantsExamples(int task) {
        return badRecords.headMap(task).values().stream().mapToInt(List::size).sum() < MOST_EXAMPLES;
    }

    synchronized Map<String, Long> counters() {
        return Map.copyOf(counters);
    }

    /** The first few, in the order of the tasks. */
    synchronized List<BadRecord> badRecords() {
        return badRecords.values().stream()
                .flatMap(List::stream)
                .limit(MOST_EXAMPLES)
                .toList();
    }
}
