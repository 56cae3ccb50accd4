package io.slipway.serving.metrics;

import java.util.concurrent.atomic.LongAdder;

/** What stagings have fetched by one route, kept or not. Thread-safe. */
public final class FetchCounts {

    private final LongAdder bytes = new LongAdder();
    private final LongAdder records = new LongAdder();

    /** Counts what was fetched; a route that fetches files knows of no records. */
    public void fetched(long moreBytes, long moreRecords) {
        bytes.add(moreBytes);
        records.add(moreRecords);
    }

    /** How many bytes; over Kafka those of keys and values. */
    public long bytes() {
        return bytes.sum();
    }

    /** How many records; 0 where files are fetched. */
    public long records() {
        return records.sum();
    }
}
