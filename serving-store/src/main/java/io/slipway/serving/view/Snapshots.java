package io.slipway.serving.view;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The one reference to what readers see. Thread-safe; {@link #show} and {@link #close} are called by one thread at a
 * time.
 *
 * <p><b>Why a reader never meets a closed version.</b> The reference holds the snapshot that it shows. {@link #show}
 * first sets the reference to the next one and only then lets the previous go. A reader increments a count only while
 * it is not zero. If it succeeds, the snapshot cannot be dissolved before the reader leaves, and it holds its versions.
 * If it fails, the count was zero, so the reference had been set to a later snapshot before: reading it again finds a
 * newer one, and the loop ends, because a reader is only overtaken by a swap. A count that has been zero never rises
 * again, so there is no second life to be confused with the first.
 *
 * <p><b>Why no reader goes backward.</b> The reference is set by one thread, in the order of the catalogs; two reads of
 * it by one thread, or by two that are ordered by a reply and a request, see it in that order.
 */
public final class Snapshots implements AutoCloseable {

    private final AtomicReference<Snapshot> shown = new AtomicReference<>(new Snapshot(0, List.of()));

    /** The snapshot of now, pinned until the caller closes it. Never blocks. */
    public Snapshot pin() {
        while (true) {
            Snapshot snapshot = shown.get();
            if (snapshot.acquire()) {
                return snapshot;
            }
        }
    }

    /** Shows readers another snapshot, whose first hold passes to this. */
    public void show(Snapshot next) {
        shown.getAndSet(next).close();
    }

    /** Shows nothing any more. */
    @Override
    public void close() {
        show(new Snapshot(shown.get().sequence(), List.of()));
    }
}
