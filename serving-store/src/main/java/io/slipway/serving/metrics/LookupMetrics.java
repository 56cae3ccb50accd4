package io.slipway.serving.metrics;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the lookup server counts. Thread-safe; counting neither allocates nor waits. */
public final class LookupMetrics {

    /** The classes of HTTP status that are counted apart: 1xx to 5xx. */
    public static final int STATUS_CLASSES = 5;

    private final Map<Kind, Counts> counts = new EnumMap<>(Kind.class);
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** All at zero. */
    public LookupMetrics() {
        for (Kind kind : Kind.values()) {
            counts.put(kind, new Counts());
        }
    }

    /** Counts a reply. */
    public void replied(Kind kind, int status, long nanos) {
        Counts of = counts.get(kind);
        of.replies[Math.min(Math.max(status / 100, 1), STATUS_CLASSES) - 1].increment();
        of.latency.add(nanos);
    }

    /** Counts keys that were looked up. */
    public void lookedUp(int found, int missing) {
        hits.add(found);
        misses.add(missing);
    }

    /** How many keys were found. */
    public long hits() {
        return hits.sum();
    }

    /** How many keys were not. */
    public long misses() {
        return misses.sum();
    }

    /**
     * How many replies there were.
     *
     * @param statusClass 1 for 1xx, and so on
     */
    public long replies(Kind kind, int statusClass) {
        return counts.get(kind).replies[statusClass - 1].sum();
    }

    /** How long the replies took, from the request's headers to the written reply. */
    public LatencyHistogram latency(Kind kind) {
        return counts.get(kind).latency;
    }

    /** What was asked for. */
    public enum Kind {
        /** One record. */
        RECORD,
        /** Several records. */
        BATCH,
        /** A page of a range of records. */
        SCAN,
        /** What is served. */
        DATASET,
        /** Something that there is not. */
        OTHER;

        /** The label in metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final class Counts {
        private final LongAdder[] replies = new LongAdder[STATUS_CLASSES];
        private final LatencyHistogram latency = new LatencyHistogram();

        Counts() {
            for (int i = 0; i < replies.length; i++) {
                replies[i] = new LongAdder();
            }
        }
    }
}
