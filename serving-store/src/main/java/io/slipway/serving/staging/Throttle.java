package io.slipway.serving.staging;

import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Bounds how many bytes per second all stagings of a node fetch together, so that they leave the disk and the network to
 * the readers. Thread-safe: each caller gets the next slot of time, and waits for its end.
 */
public final class Throttle {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LONGEST_NAP_NANOS = 50_000_000;

    private volatile long bytesPerSecond;
    private final LongSupplier nanoTime;
    private final LongConsumer sleepNanos;
    private long taken;
    private boolean isUsed;

    /**
     * A throttle.
     *
     * @param bytesPerSecond the bound; 0 for none
     * @param nanoTime a clock that only goes forward
     * @param sleepNanos waits for a time, or less
     */
    public Throttle(long bytesPerSecond, LongSupplier nanoTime, LongConsumer sleepNanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
        this.sleepNanos = sleepNanos;
    }

    /**
     * Changes the bound. Who waits already goes on waiting for its slot, which is soon over: pieces are small.
     *
     * @param changed the bound in bytes per second; 0 for none
     */
    public void limit(long changed) {
        bytesPerSecond = changed;
    }

    /** Waits until so many bytes more may have been fetched, or until it is cancelled. */
    public void take(long bytes, BooleanSupplier cancelled) {
        long rate = bytesPerSecond;
        if (rate == 0) {
            return;
        }
        long end = slotEnd(bytes, rate);
        for (long left = end - nanoTime.getAsLong();
                left > 0 && !cancelled.getAsBoolean();
                left = end - nanoTime.getAsLong()) {
            sleepNanos.accept(Math.min(left, LONGEST_NAP_NANOS));
        }
    }

    /** The time that was not used is not saved up: a pause is no leave for a burst. */
    private synchronized long slotEnd(long bytes, long rate) {
        long now = nanoTime.getAsLong();
        long start = isUsed && taken - now > 0 ? taken : now;
        isUsed = true;
        taken = start + (long) (bytes * NANOS_PER_SECOND / rate);
        return taken;
    }
}
