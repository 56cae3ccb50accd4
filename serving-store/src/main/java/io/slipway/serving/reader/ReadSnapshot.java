package io.slipway.serving.reader;

import io.slipway.serving.view.Snapshot;

/**
 * The versions that were current at one moment, of all datasets: what is read from one snapshot fits together, whatever is
 * swapped meanwhile. It keeps its versions open, so it is to be closed soon. Thread-safe.
 */
public final class ReadSnapshot implements AutoCloseable {

    private final Snapshot snapshot;
    private volatile boolean closed;

    ReadSnapshot(Snapshot pinned) {
        this.snapshot = pinned;
    }

    /** The catalog that it is of, or a later one. */
    public long catalogSequence() {
        return snapshot.sequence();
    }

    /** Reads a dataset in it; calls after the snapshot was closed throw {@link IllegalStateException}. */
    public DatasetReader dataset(String name) {
        return new DatasetReader(this::pin, name, 0);
    }

    private Snapshot pin() {
        if (closed || !snapshot.acquire()) {
            throw new IllegalStateException("The snapshot is closed");
        }
        return snapshot;
    }

    /** Lets the versions go; once. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            snapshot.close();
        }
    }
}
