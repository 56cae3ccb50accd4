package io.slipway.serving.store;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The number of those who hold something that is to be let go when the last of them leaves. Thread-safe.
 *
 * <p>A holder is added only while there is one, so a count that has been zero never rises again: what is being let go
 * never comes back.
 */
public final class Holders {

    private final AtomicInteger count = new AtomicInteger(1);

    /** Adds a holder, unless there is none any more. */
    public boolean acquire() {
        int before = count.get();
        while (before > 0) {
            int seen = count.compareAndExchange(before, before + 1);
            if (seen == before) {
                return true;
            }
            before = seen;
        }
        return false;
    }

    /**
     * Takes a holder away.
     *
     * @return whether it was the last one
     * @throws IllegalStateException if there was none
     */
    public boolean release() {
        int left = count.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("Released more often than acquired");
        }
        return left == 0;
    }
}
