package io.slipway.batch.engine;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;

/**
 * A hash table from encoded keys to accumulators, open addressing with linear probing, which remembers the order of
 * insertion. It calls itself full at a number of entries that it derives from how large earlier ones were. Not
 * thread-safe.
 */
final class AccumulatorTable {

    private static final Hasher64 HASHER = Hashing.xxh3_64();
    private static final int FIRST_ENTRIES = 1 << 10;
    private static final int MOST_ENTRIES = 1 << 16;
    private static final int LEAST_ENTRIES = 1 << 6;
    /** Bytes of an entry's objects and places in the table, beyond its encoded size. */
    private static final int OVERHEAD_BYTES = 96;
    /** How much larger objects are than their encoded form. */
    private static final int OBJECT_FACTOR = 4;

    private final long budgetBytes;
    private int mostEntries;
    private int[] slots;
    private byte[][] keys;
    private Object[] accumulators;
    private int size;

    AccumulatorTable(long budgetBytes) {
        this.budgetBytes = budgetBytes;
        resize((int) Math.max(LEAST_ENTRIES, Math.min(FIRST_ENTRIES, budgetBytes / (2 * OVERHEAD_BYTES))));
    }

    /** The slot of a key: where it is, or where it would be. */
    int find(byte[] key, int length) {
        int mask = slots.length - 1;
        int slot = (int) HASHER.hashBytesToLong(key, 0, length) & mask;
        while (slots[slot] != 0) {
            byte[] other = keys[slots[slot] - 1];
            if (other.length == length && Arrays.equals(other, 0, length, key, 0, length)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** The accumulator in a slot, or null if there is none. */
    Object accumulator(int slot) {
        return slots[slot] == 0 ? null : accumulators[slots[slot] - 1];
    }

    void set(int slot, Object accumulator) {
        accumulators[slots[slot] - 1] = accumulator;
    }

    void insert(int slot, byte[] key, int length, Object accumulator) {
        keys[size] = Arrays.copyOf(key, length);
        accumulators[size] = accumulator;
        slots[slot] = ++size;
    }

    boolean isFull() {
        return size == mostEntries;
    }

    int size() {
        return size;
    }

    /** The i-th key in the order of insertion. */
    byte[] key(int i) {
        return keys[i];
    }

    /** The i-th accumulator in the order of insertion. */
    Object accumulatorOf(int i) {
        return accumulators[i];
    }

    /** Empties the table, whose entries took so many bytes encoded, and adapts its size. */
    void clear(long encodedBytes) {
        if (size == 0) {
            return;
        }
        long entryBytes = encodedBytes / size * OBJECT_FACTOR + OVERHEAD_BYTES;
        int fitting = (int) Math.max(LEAST_ENTRIES, Math.min(MOST_ENTRIES, budgetBytes / entryBytes));
        resize(Integer.highestOneBit(fitting));
    }

    private void resize(int entries) {
        size = 0;
        if (entries == mostEntries) {
            Arrays.fill(slots, 0);
            Arrays.fill(keys, null);
            Arrays.fill(accumulators, null);
            return;
        }
        mostEntries = entries;
        slots = new int[2 * Integer.highestOneBit(Math.max(1, 2 * entries - 1))];
        keys = new byte[entries][];
        accumulators = new Object[entries];
    }
}
