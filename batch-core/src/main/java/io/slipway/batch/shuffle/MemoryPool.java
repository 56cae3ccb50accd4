package io.slipway.batch.shuffle;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps the pages of sort buffers for the next one. All pages of a pool are of one size, small enough for garbage
 * collectors not to treat them as special. Thread-safe.
 */
public final class MemoryPool {

    private final int pageBytes;
    private final Deque<byte[]> bytes = new ArrayDeque<>();
    private final Deque<long[]> longs = new ArrayDeque<>();

    /** A pool of pages of this size, a power of two. */
    public MemoryPool(int pageBytes) {
        this.pageBytes = pageBytes;
    }

    /** The size of every page. */
    int pageBytes() {
        return pageBytes;
    }

    byte[] takeBytes() {
        synchronized (bytes) {
            byte[] page = bytes.poll();
            return page == null ? new byte[pageBytes] : page;
        }
    }

    void give(byte[] page) {
        synchronized (bytes) {
            bytes.push(page);
        }
    }

    long[] takeLongs() {
        synchronized (longs) {
            long[] page = longs.poll();
            return page == null ? new long[pageBytes / Long.BYTES] : page;
        }
    }

    void give(long[] page) {
        synchronized (longs) {
            longs.push(page);
        }
    }
}
