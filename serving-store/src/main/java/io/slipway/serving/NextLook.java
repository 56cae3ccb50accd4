package io.slipway.serving;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * When the catalog is due to be looked at again: when somebody nudges, when the poll interval is over, or when a glance
 * finds that there is a next one. A glance costs next to nothing, and each catalog ends at most one wait, so that one that
 * cannot be read does not keep the node busy. {@link #nudge} is thread-safe; one thread waits.
 */
final class NextLook {

    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Duration pollInterval;
    private final LongPredicate isThere;
    private final Semaphore nudges = new Semaphore(0);
    private long announced;

    /**
     * A watch.
     *
     * @param isThere whether the catalog of a sequence can be seen at a glance
     */
    NextLook(Duration pollInterval, LongPredicate isThere) {
        this.pollInterval = pollInterval;
        this.isThere = isThere;
    }

    /** Ends the wait, or the next one if there is none now. */
    void nudge() {
        nudges.release();
    }

    /** Waits, after the catalog of a sequence was acted on. */
    void awaitAfter(long seen) throws InterruptedException {
        long next = seen + 1;
        for (long left = pollInterval.toNanos(); left > 0; left -= GLANCE_NANOS) {
            if (next > announced && isThere.test(next)) {
                announced = next;
                return;
            }
            if (nudges.tryAcquire(Math.min(left, GLANCE_NANOS), TimeUnit.NANOSECONDS)) {
                nudges.drainPermits();
                return;
            }
        }
    }
}
