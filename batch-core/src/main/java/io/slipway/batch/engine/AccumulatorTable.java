package io.slipway.batch.engine;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A hash table from encoded keys to accumulators, open addressing with linear probing, which remembers the order of
 * insertion. It calls itself full at a number of entries that it derives from how large earlier ones were, or when its
 * keys have taken their share of the memory. Not thread-safe.
 *
 * <p>Looking up a key costs little more than the misses of the processor's cache, so there are few places to look at:
 *
 * <pre>
 *   slot:  upper half of the key's hash (32 bits) │ place of the key's entry in the arena, plus 1 (32); 0 if it is free
 *   entry: number of the accumulator (4 bytes), length of the key (4), key
 * </pre>
 *
 * Keys are not objects, which the garbage collector would move about as long as they are young.
 */
final class AccumulatorTable {

    private static final Hasher64 HASHER = Hashing.xxh3_64();
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final int ENTRY_HEADER_BYTES = 8;
    private static final int FIRST_ARENA_BYTES = 1 << 12;
    private static final int MOST_ARENA_BYTES = 1 << 30;
    private static final int FIRST_ENTRIES = 1 << 10;
    private static final int MOST_ENTRIES = 1 << 16;
    private static final int LEAST_ENTRIES = 1 << 6;
    /** Bytes of an entry's objects and places in the table, beyond its encoded size. */
    private static final int OVERHEAD_BYTES = 96;
    /** How much larger objects are than their encoded form. */
    private static final int OBJECT_FACTOR = 4;

    private final long budgetBytes;
    private int mostEntries;
    private long[] slots;
    private Object[] accumulators;
    private byte[] arena = new byte[FIRST_ARENA_BYTES];
    private int arenaSize;
    private int size;
    private long hash;

    AccumulatorTable(long budgetBytes) {
        this.budgetBytes = budgetBytes;
        resize((int) Math.max(LEAST_ENTRIES, Math.min(FIRST_ENTRIES, budgetBytes / (2 * OVERHEAD_BYTES))));
    }

    /** The slot of a key: where it is, or where it would be inserted next. */
    int find(byte[] key, int length) {
        hash = HASHER.hashBytesToLong(key, 0, length);
        int tag = (int) (hash >>> Integer.SIZE);
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        for (long found = slots[slot]; found != 0; found = slots[slot]) {
            if ((int) (found >>> Integer.SIZE) == tag && isAt((int) found - 1, key, length)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** The accumulator in a slot, or null if there is none. */
    Object accumulator(int slot) {
        return slots[slot] == 0 ? null : accumulators[number(slot)];
    }

    void set(int slot, Object accumulator) {
        accumulators[number(slot)] = accumulator;
    }

    /** Adds a key that {@link #find} was just asked for, and has not found. */
    void insert(int slot, byte[] key, int length, Object accumulator) {
        int entry = arenaSize;
        ensure(ENTRY_HEADER_BYTES + length);
        INTS.set(arena, entry, size);
        INTS.set(arena, entry + 4, length);
        System.arraycopy(key, 0, arena, entry + ENTRY_HEADER_BYTES, length);
        arenaSize += ENTRY_HEADER_BYTES + length;
        slots[slot] = hash >>> Integer.SIZE << Integer.SIZE | (entry + 1);
        accumulators[size++] = accumulator;
    }

    boolean isFull() {
        return size == mostEntries || arenaSize >= budgetBytes / 2;
    }

    int size() {
        return size;
    }

    /** Takes entries one by one. */
    interface EntryConsumer<E extends Exception> {

        /** Takes an accumulator, and its key, which is a range of an array that is not to be changed. */
        void accept(byte[] keys, int keyOffset, int keyLength, Object accumulator) throws E;
    }

    /** Goes through all entries in the order of insertion. */
    <E extends Exception> void forEach(EntryConsumer<E> consumer) throws E {
        int entry = 0;
        for (int i = 0; i < size; i++) {
            int length = (int) INTS.get(arena, entry + 4);
            consumer.accept(arena, entry + ENTRY_HEADER_BYTES, length, accumulators[i]);
            entry += ENTRY_HEADER_BYTES + length;
        }
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

    private int number(int slot) {
        return (int) INTS.get(arena, (int) slots[slot] - 1);
    }

    private boolean isAt(int entry, byte[] key, int length) {
        int from = entry + ENTRY_HEADER_BYTES;
        return (int) INTS.get(arena, entry + 4) == length && Arrays.equals(arena, from, from + length, key, 0, length);
    }

    private void ensure(int more) {
        if (arena.length - arenaSize < more) {
            int doubled = (int) Math.min(MOST_ARENA_BYTES, 2L * arena.length);
            arena = Arrays.copyOf(arena, Math.max(doubled, Math.addExact(arenaSize, more)));
        }
    }

    private void resize(int entries) {
        size = 0;
        arenaSize = 0;
        if (arena.length > budgetBytes) {
            arena = new byte[FIRST_ARENA_BYTES];
        }
        if (entries == mostEntries) {
            Arrays.fill(slots, 0);
            Arrays.fill(accumulators, null);
            return;
        }
        mostEntries = entries;
        slots = new long[2 * Integer.highestOneBit(Math.max(1, 2 * entries - 1))];
        accumulators = new Object[entries];
    }
}
