package io.slipway.batch.engine;

import io.slipway.batch.BadRecord;
import io.slipway.batch.Counters;
import io.slipway.batch.SourceContext;
import io.slipway.batch.TaskSummary;
import io.slipway.batch.shuffle.ShuffleMetrics;
import io.slipway.batch.shuffle.ShuffleSettings;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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
    private final List<Product> products = new ArrayList<>();
    private final List<Exit.ExitAttempt> exits = new ArrayList<>();
    private final ShuffleSettings shuffle;
    private DeadLetterPart.Writer deadLetters;
    private long bytes;
    private long records;
    private long reportedRecords;
    private long recordsOut;
    private long unread;

    Attempt(RunContext run, StageMetrics metrics, TaskId id, int number, AttemptMemory memory) {
        this.run = run;
        this.metrics = metrics;
        this.id = id;
        this.number = number;
        this.memory = memory;
        this.shuffle = run.shuffle().forPart();
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

    /** Where and how the attempt writes and reads runs, which counts by itself. */
    ShuffleSettings shuffle() {
        return shuffle;
    }

    AttemptMemory memory() {
        return memory;
    }

    @Override
    public void count(String counter, long delta) {
        counters.merge(counter, delta, Long::sum);
    }

    /** Counts a record of which its source could make none. */
    void unread() {
        unread++;
    }

    /** Takes a record that cannot be used and is left out. */
    void badRecord(Supplier<BadRecord> record) {
        count(SourceContext.BAD_RECORDS, 1);
        boolean isExample =
                badRecords.size() < RunTotals.MOST_EXAMPLES && run.totals().wantsExamples(id);
        if (isExample || run.deadLetters().isPresent()) {
            BadRecord bad = record.get();
            if (isExample) {
                badRecords.add(bad);
            }
            run.deadLetters().ifPresent(box -> addTo(box, bad));
        }
    }

    /** Takes a record that cannot be used: it is left out if the run has a place for it. */
    void refuse(Supplier<BadRecord> record, String remedy) {
        if (run.deadLetters().isEmpty()) {
            throw new InvalidInputException(record.get().text() + " " + remedy);
        }
        badRecord(record);
    }

    /** Adds an exit that lets go of memory if need be. */
    void opened(Exit.ExitAttempt exit) {
        exits.add(exit);
    }

    /** Makes room for a record of which so many bytes are held. */
    void holds(long recordBytes) throws IOException {
        if (shuffle.sizes().meet(recordBytes)) {
            for (Exit.ExitAttempt exit : exits) {
                exit.makeRoom();
            }
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

    /** Takes something that was made, which nobody sees before the attempt has succeeded. */
    void made(Product product) {
        products.add(product);
    }

    /** What the attempt came to in so much time, when everything is made. */
    TaskResult result(Duration duration) throws IOException {
        report();
        if (deadLetters != null) {
            made(new Product.Refused(run.deadLetters().orElseThrow(), deadLetters.finish()));
        }
        ShuffleMetrics spilled = shuffle.metrics();
        TaskCounts counts = new TaskCounts(
                new TaskSummary(task(), number + 1, records, bytes, duration),
                metrics.readsInput() ? records : 0,
                unread,
                metrics.readsInput() ? bytes : 0,
                recordsOut,
                spilled.records(),
                spilled.runs(),
                spilled.bytes(),
                counters,
                badRecords);
        return new TaskResult(id, counts, products);
    }

    void failed() {
        if (deadLetters != null) {
            deadLetters.close();
        }
        products.forEach(product -> product.discard(shuffle.scratch()));
        metrics.bytesRead.add(-bytes);
        metrics.recordsRead.add(-reportedRecords);
    }

    private void addTo(DeadLetterBox box, BadRecord bad) {
        try {
            if (deadLetters == null) {
                deadLetters = box.open();
            }
            deadLetters.add(bad);
            if (box.isFull(deadLetters.records())) {
                long all = box.records() + deadLetters.records();
                box.complete(id, deadLetters.finish());
                throw box.tooMany(all + " or more");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report() {
        if (run.cancelled().get()) {
            throw new CancelledException();
        }
        metrics.recordsRead.add(records - reportedRecords);
        reportedRecords = records;
    }
}
