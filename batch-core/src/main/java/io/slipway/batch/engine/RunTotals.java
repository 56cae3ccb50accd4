package io.slipway.batch.engine;

import io.slipway.batch.BadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What a run has done so far. Thread-safe. */
final class RunTotals {

    private static final int MOST_EXAMPLES = 5;

    final LongAdder bytesIn = new LongAdder();
    final LongAdder recordsIn = new LongAdder();
    final LongAdder recordsOut = new LongAdder();
    final LongAdder failedAttempts = new LongAdder();
    private final Map<String, Long> counters = new TreeMap<>();
    private final List<BadRecord> badRecords = new ArrayList<>();

    synchronized void add(Map<String, Long> counted, List<BadRecord> bad) {
        counted.forEach((name, delta) -> counters.merge(name, delta, Long::sum));
        for (BadRecord record : bad) {
            if (badRecords.size() < MOST_EXAMPLES) {
                badRecords.add(record);
            }
        }
    }

    synchronized Map<String, Long> counters() {
        return Map.copyOf(counters);
    }

    synchronized List<BadRecord> badRecords() {
        return List.copyOf(badRecords);
    }
}
