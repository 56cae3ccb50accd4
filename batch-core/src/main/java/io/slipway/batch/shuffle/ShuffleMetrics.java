package io.slipway.batch.shuffle;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** What shuffles have done so far, some of them or all. Thread-safe. */
public final class ShuffleMetrics {

    private final LongAdder records = new LongAdder();
    private final LongAdder runs = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Optional<ShuffleMetrics> whole;

    /** Counts all shuffles. */
    public ShuffleMetrics() {
        this.whole = Optional.empty();
    }

    /** Counts a part of what another counts as well. */
    public ShuffleMetrics(ShuffleMetrics whole) {
        this.whole = Optional.of(whole);
    }

    void add(long moreRecords, long moreBytes) {
        whole.ifPresent(all -> all.add(moreRecords, moreBytes));
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
