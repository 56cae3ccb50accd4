package io.slipway.batch.shuffle;

import java.util.concurrent.atomic.LongAdder;

/** What shuffles have done so far. Thread-safe. */
public final class ShuffleMetrics {

    private final LongAdder records = new LongAdder();
    private final LongAdder runs = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    void add(long moreRecords, long moreBytes) {
        runs.increment();
        records.add(moreRecords);
        bytes.add(moreBytes);
    }

    /** How many records were written to runs. */
    public long records() {
        return records.sum();
    }

    /** How many sorted runs were written. */
    public long runs() {
        return runs.sum();
    }

    /** How many bytes were written to runs, compressed. */
    public long bytes() {
        return bytes.sum();
    }
}
