package io.slipway.batch.engine;

import io.slipway.batch.BadRecord;
import io.slipway.batch.Counters;
import io.slipway.batch.SourceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One attempt at a task. What it counts is added to the totals only if it succeeds. Used by one thread. */
final class Attempt implements Counters {

    private static final int REPORT_EVERY = 1024;

    private final RunContext run;
    private final StageMetrics metrics;
    private final TaskId id;
    private final int number;
    private final AttemptMemory memory;
    private final Map<String, Long> counters = new TreeMap<>();
    private final List<BadRecord> badRecords = new ArrayList<>();
    private final List<Runnable> onSuccess = new ArrayList<>();
    private long bytes;
    private long records;
    private long reportedRecords;
    private long recordsOut;

    Attempt(RunContext run, StageMetrics metrics, TaskId id, int number, AttemptMemory memory) {
        this.run = run;
        this.metrics = metrics;
        this.id = id;
        this.number = number;
        this.memory = memory;
    }

    RunContext run() {
        return run;
    }

    TaskId id() {
        return id;
    }

    /** The number of the task in its stage. */
    int task() {
        return id.task();
    }

    /** Which attempt at the task this is, from 0. */
    int number() {
        return number;
    }

    AttemptMemory memory() {
        return memory;
    }

    @Override
    public void count(String counter, long delta) {
        counters.merge(counter, delta, Long::sum);
    }

    void badRecord(Supplier<BadRecord> record) {
        count(SourceContext.BAD_RECORDS, 1);
        if (badRecords.size() < RunTotals.MOST_EXAMPLES && run.totals().wantsExamples(task())) {
            badRecords.add(record.get());
        }
    }

    void bytesRead(long more) {
        bytes += more;
        metrics.bytesRead.add(more);
    }

    /** Counts a record that was read; stops the attempt if the run has failed. */
    void recordRead() {
        if (++records - reportedRecords == REPORT_EVERY) {
            report();
        }
    }

    /** Counts records that left for an output. */
    void recordsOut(long more) {
        recordsOut += more;
    }

    /** Has something done when the attempt has succeeded. */
    void onSuccess(Runnable action) {
        onSuccess.add(action);
    }

    void succeeded() {
        report();
        onSuccess.forEach(Runnable::run);
        run.totals().add(task(), counters, badRecords);
        run.totals().recordsOut.add(recordsOut);
        if (metrics.readsInput()) {
            run.totals().bytesIn.add(bytes);
            run.totals().recordsIn.add(records);
        }
    }

    void failed() {
        metrics.bytesRead.add(-bytes);
        metrics.recordsRead.add(-reportedRecords);
    }

    private void report() {
        if (run.cancelled().get()) {
            throw new CancelledException();
        }
        metrics.recordsRead.add(records - reportedRecords);
        reportedRecords = records;
    }
}
