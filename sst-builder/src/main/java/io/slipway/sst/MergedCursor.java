package io.slipway.sst;

import java.util.List;

/**
 * The records of several cursors as one in ascending order, those of equal keys one after the other in any order: a binary
 * heap of cursors by the key that each is at.
 */
final class MergedCursor implements RecordCursor {

    private final List<RecordCursor> all;
    private final RecordCursor[] heap;
    private int size;
    private boolean started;

    MergedCursor(List<RecordCursor> cursors) {
        this.all = List.copyOf(cursors);
        this.heap = new RecordCursor[cursors.size()];
    }

    @Override
    public boolean next() {
        if (!started) {
            start();
        } else if (size > 0) {
            if (!heap[0].next()) {
                heap[0] = heap[--size];
            }
            siftDown(0);
        }
        return size > 0;
    }

    @Override
    public byte[] key() {
        return heap[0].key();
    }

    @Override
    public int keyLength() {
        return heap[0].keyLength();
    }

    @Override
    public byte[] value() {
        return heap[0].value();
    }

    @Override
    public int valueLength() {
        return heap[0].valueLength();
    }

    @Override
    public void close() {
        all.forEach(RecordCursor::close);
    }

    private void start() {
        started = true;
        for (RecordCursor cursor : all) {
            if (cursor.next()) {
                heap[size++] = cursor;
            }
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            siftDown(i);
        }
    }

    private void siftDown(int from) {
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heap[child + 1].compareKey(heap[child]) < 0) {
                child++;
            }
            if (heap[at].compareKey(heap[child]) <= 0) {
                return;
            }
            RecordCursor moved = heap[at];
            heap[at] = heap[child];
            heap[child] = moved;
            at = child;
        }
    }
}
