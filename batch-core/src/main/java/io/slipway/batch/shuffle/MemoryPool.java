package io.slipway.batch.shuffle;

import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps the large arrays of sort buffers for the next task. Thread-safe. */
public final class MemoryPool {

    private final Deque<byte[]> free = new ArrayDeque<>();
    private int size;

    /** An array of this size that is free, or an empty one if there is none. Arrays of other sizes are dropped. */
    synchronized byte[] takeIfFree(int wanted) {
        if (wanted != size) {
            free.clear();
            size = wanted;
        }
        byte[] array = free.poll();
        return array == null ? new byte[0] : array;
    }

    /** Gives an array back. */
    synchronized void give(byte[] array) {
        if (array.length == size) {
            free.push(array);
        }
    }
}
