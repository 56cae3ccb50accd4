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
     * Changes the bound. Who waits already goes on at once.
     *
     * @param changed the bound in bytes per second; 0 for none
     */
    public synchronized void limit(long changed) {
        bytesPerSecond = changed;
        isUsed = false;
    }

    /** Waits until so many bytes more may have been fetched, or until it is cancelled or the bound is changed. */
    public void take(long bytes, BooleanSupplier cancelled) {
        long rate;
        long end;
        synchronized (this) {
            rate = bytesPerSecond;
            if (rate == 0) {
                return;
            }
            end = slotEnd(bytes);
        }
        for (long left = end - nanoTime.getAsLong();
                left > 0 && rate == bytesPerSecond && !cancelled.getAsBoolean();
                left = end - nanoTime.getAsLong()) {
            sleepNanos.accept(Math.min(left, LONGEST_NAP_NANOS));
        }
    }

    /** The time that was not used is not saved up: a pause is no leave for a burst. */
    private synchronized long slotEnd(long bytes) {
        long now = nanoTime.getAsLong();
        long start = isUsed && taken - now > 0 ? taken : now;
        isUsed = true;
        taken = start + (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
        return taken;
    }
}
