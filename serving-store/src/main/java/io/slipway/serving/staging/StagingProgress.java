package io.slipway.serving.staging;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** How far one staging is, and whether it is still wanted. Thread-safe. */
public final class StagingProgress {

    private final AtomicLong done = new AtomicLong();
    private final AtomicLong total = new AtomicLong();
    private final AtomicInteger partsDone = new AtomicInteger();
    private volatile int parts;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final LongConsumer listener;

    /** Nothing done yet. */
    public StagingProgress() {
        this(bytes -> {});
    }

    /**
     * Nothing done yet.
     *
     * @param listener is told, by several threads, how many bytes were fetched since it was told last; what it throws ends
     *     what is under way
     */
    public StagingProgress(LongConsumer listener) {
        this.listener = listener;
    }

    /** How many bytes are fetched. */
    public long bytesDone() {
        return done.get();
    }

    /** How many bytes there are to fetch; 0 before that is known. */
    public long bytesTotal() {
        return total.get();
    }

    /** How many files are fetched; over Kafka, partitions. */
    public int partsDone() {
        return partsDone.get();
    }

    /** How many files there are to fetch, or partitions; 0 before that is known. */
    public int parts() {
        return parts;
    }

    void beginParts(int count) {
        parts = count;
    }

    void endPart() {
        partsDone.incrementAndGet();
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
        listener.accept(bytes);
    }
}
