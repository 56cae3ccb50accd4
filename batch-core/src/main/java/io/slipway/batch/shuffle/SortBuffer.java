package io.slipway.batch.shuffle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Holds records in one array, and sorts them by partition, key (unsigned, lexicographic) and the order they were added
 * in.
 *
 * <pre>
 *   ┌───────────────────────────────────────────┬──────┬─────────────────────────────────────┐
 *   │ records: key length, value length (4 each),│ free │ index: 16 bytes a record, growing   │
 *   │ key, value; one after the other →          │      │ ← downwards                         │
 *   └───────────────────────────────────────────┴──────┴─────────────────────────────────────┘
 *   index entry: the first 8 bytes of the key, padded with zeros │ partition │ offset of the record
 * </pre>
 *
 * The array grows up to a limit, so that little input takes little memory. Not thread-safe.
 */
final class SortBuffer {

    static final int ENTRY_BYTES = 16;
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private static final int HEADER_BYTES = 8;
    private static final int FIRST_BYTES = 1 << 20;
    private static final int GROWTH = 4;

    private final int limit;
    private final MemoryPool pool;
    private byte[] memory;
    private int dataEnd;
    private int count;

    SortBuffer(int limitBytes, MemoryPool pool) {
        this.limit = limitBytes & -ENTRY_BYTES;
        this.pool = pool;
        byte[] pooled = pool.takeIfFree(limit);
        this.memory = pooled.length == 0 ? new byte[Math.min(FIRST_BYTES, limit)] : pooled;
    }

    /** Adds a record; false if there is no room for it. */
    boolean add(int partition, byte[] key, int ko, int keyLength, byte[] value, int vo, int valueLength) {
        long need = (long) HEADER_BYTES + keyLength + valueLength + ENTRY_BYTES;
        if (need > free() && !grow(need)) {
            return false;
        }
        int at = dataEnd;
        INTS.set(memory, at, keyLength);
        INTS.set(memory, at + 4, valueLength);
        System.arraycopy(key, ko, memory, at + HEADER_BYTES, keyLength);
        System.arraycopy(value, vo, memory, at + HEADER_BYTES + keyLength, valueLength);
        dataEnd = at + HEADER_BYTES + keyLength + valueLength;
        count++;
        int entry = memory.length - count * ENTRY_BYTES;
        LONGS.set(memory, entry, Prefix.of(memory, at + HEADER_BYTES, keyLength));
        LONGS.set(memory, entry + 8, (long) partition << 32 | at);
        return true;
    }

    /** Sorts the index. */
    void sort(int partitions) {
        new IndexSort(memory, memory.length - count * ENTRY_BYTES).sort(count, partitions);
    }

    int count() {
        return count;
    }

    byte[] memory() {
        return memory;
    }

    /** The partition of the i-th record in the order of the index. */
    int partition(int i) {
        return (int) (indexed(i) >>> 32);
    }

    /** Where the i-th record in the order of the index begins. */
    int record(int i) {
        return (int) indexed(i);
    }

    static int keyLength(byte[] memory, int record) {
        return (int) INTS.get(memory, record);
    }

    static int valueLength(byte[] memory, int record) {
        return (int) INTS.get(memory, record + 4);
    }

    static int key(int record) {
        return record + HEADER_BYTES;
    }

    void clear() {
        dataEnd = 0;
        count = 0;
    }

    void release() {
        pool.give(memory);
        memory = new byte[0];
        clear();
    }

    private long indexed(int i) {
        return (long) LONGS.get(memory, memory.length - (count - i) * ENTRY_BYTES + 8);
    }

    private int free() {
        return memory.length - count * ENTRY_BYTES - dataEnd;
    }

    private boolean grow(long need) {
        long wanted = Math.max((long) memory.length * GROWTH, memory.length + need) + ENTRY_BYTES & -ENTRY_BYTES;
        if (memory.length == limit || memory.length - free() + need > limit) {
            return false;
        }
        byte[] larger = new byte[(int) Math.min(limit, wanted)];
        int index = count * ENTRY_BYTES;
        System.arraycopy(memory, 0, larger, 0, dataEnd);
        System.arraycopy(memory, memory.length - index, larger, larger.length - index, index);
        memory = larger;
        return true;
    }
}
