package io.slipway.serving.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Changes that wait in memory to be sorted. Used by one thread. */
final class SortBuffer {

    static final int MOST_MEBIBYTES = 16;

    /** About what the virtual machine needs for the objects of one change. */
    private static final int CHANGE_BYTES = 96;

    private final List<Change> changes = new ArrayList<>();
    private long bytes;

    /** A change: a value that is put, or none for a delete. Immutable. */
    static final class Change {

        private final byte[] key;
        private final Optional<byte[]> value;

        private Change(byte[] key, Optional<byte[]> value) {
            this.key = key;
            this.value = value;
        }

        byte[] key() {
            return key;
        }

        Optional<byte[]> value() {
            return value;
        }

        private static int compare(Change one, Change other) {
            return Arrays.compareUnsigned(one.key, other.key);
        }
    }

    void put(byte[] key, byte[] value) {
        changes.add(new Change(key, Optional.of(value)));
        bytes += CHANGE_BYTES + key.length + value.length;
    }

    void delete(byte[] key) {
        changes.add(new Change(key, Optional.empty()));
        bytes += CHANGE_BYTES + key.length;
    }

    boolean isFull() {
        return bytes >= (long) MOST_MEBIBYTES << 20;
    }

    /** Takes all out, in the order of their keys. */
    List<Change> drain() {
        List<Change> sorted = new ArrayList<>(changes);
        sorted.sort(Change::compare);
        clear();
        return sorted;
    }

    void clear() {
        changes.clear();
        bytes = 0;
    }
}
