package io.slipway.serving.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of the requests for one dataset. Thread-safe; counting neither allocates nor waits. */
public final class DatasetLookups {

    /** The classes of HTTP status that are counted apart: 1xx to 5xx. */
    public static final int STATUS_CLASSES = 5;

    private final Map<LookupKind, Counts> counts = new EnumMap<>(LookupKind.class);

    DatasetLookups() {
        for (LookupKind kind : LookupKind.values()) {
            counts.put(kind, new Counts());
        }
    }

    /** Counts a reply. */
    public void replied(LookupKind kind, int status, long nanos) {
        Counts of = of(kind);
        of.replies[Math.min(Math.max(status / 100, 1), STATUS_CLASSES) - 1].increment();
        of.latency.add(nanos);
    }

    /** Counts keys that were looked up. */
    public void lookedUp(LookupKind kind, int found, int missing) {
        Counts of = of(kind);
        if (found > 0) {
            of.hits.add(found);
        }
        if (missing > 0) {
            of.misses.add(missing);
        }
    }

    /** How many keys were found. */
    public long hits(LookupKind kind) {
        return of(kind).hits.sum();
    }

    /** How many keys were not. */
    public long misses(LookupKind kind) {
        return of(kind).misses.sum();
    }

    /**
     * How many replies there were.
     *
     * @param statusClass 1 for 1xx, and so on
     */
    public long replies(LookupKind kind, int statusClass) {
        return of(kind).replies[statusClass - 1].sum();
    }

    /** How many replies there were of all kinds and classes. */
    long replies() {
        long sum = 0;
        for (Counts kind : counts.values()) {
            for (LongAdder replies : kind.replies) {
                sum += replies.sum();
            }
        }
        return sum;
    }

    /** How long the replies took, from the request's headers to the written reply. */
    public LatencyHistogram latency(LookupKind kind) {
        return of(kind).latency;
    }

    private Counts of(LookupKind kind) {
        return counts.get(kind);
    }

    private static final class Counts {
        private final LongAdder[] replies = new LongAdder[STATUS_CLASSES];
        private final LatencyHistogram latency = new LatencyHistogram();
        private final LongAdder hits = new LongAdder();
        private final LongAdder misses = new LongAdder();

        Counts() {
            for (int i = 0; i < replies.length; i++) {
                replies[i] = new LongAdder();
            }
        }
    }
}
