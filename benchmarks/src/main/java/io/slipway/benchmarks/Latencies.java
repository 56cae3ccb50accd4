package io.slipway.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Durations in nanoseconds, all of them kept. Not thread-safe. */
final class Latencies {

    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[1 << 12];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    void addAll(Latencies others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    int count() {
        return count;
    }

    /** The duration that a share of all does not exceed, in milliseconds; that of all for 1. */
    String millis(double share) {
        if (count == 0) {
            return "-";
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int at = Math.max(0, (int) Math.ceil(share * count) - 1);
        return String.format(Locale.ROOT, "%.2f", sorted[at] / NANOS_PER_MILLI);
    }
}
