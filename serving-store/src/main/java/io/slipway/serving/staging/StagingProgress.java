package io.slipway.serving.staging;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** How far one staging is, and whether it is still wanted. Thread-safe. */
public final class StagingProgress {

    private final AtomicLong done = new AtomicLong();
    private final AtomicLong total = new AtomicLong();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    /** How many bytes are fetched. */
    public long bytesDone() {
        return done.get();
    }

    /** How many bytes there are to fetch; 0 before that is known. */
    public long bytesTotal() {
        return total.get();
    }

    /** Asks the staging to stop. */
    public void cancel() {
        cancelled.set(true);
    }

    /** Whether the staging is to stop. */
    public boolean isCancelled() {
        return cancelled.get();
    }

    void begin(long bytes) {
        total.set(bytes);
    }

    /** So many bytes more are fetched; negative if some have to be fetched again. */
    public void add(long bytes) {
        done.addAndGet(bytes);
    }
}
