package io.slipway.batch.shuffle;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Holds records in pages, and sorts them by partition, key (unsigned, lexicographic) and the order they were added in.
 *
 * <pre>
 *   record:      key length, value length (4 bytes each), key, value; within one page, which is a page of its own for
 *                a record that is larger than the others
 *   index entry: the first 8 bytes of the key, padded with zeros │ partition (30 bits), page (16), offset (18)
 * </pre>
 *
 * Pages are taken as they are needed, up to a limit, so that little input takes little memory. Not thread-safe.
 */
final class SortBuffer {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_LONGS = 2;
    private static final int OFFSET_BITS = 18;
    private static final int PAGE_BITS = 16;
    private static final int PARTITION_SHIFT = OFFSET_BITS + PAGE_BITS;
    private static final long ADDRESS_MASK = (1L << PARTITION_SHIFT) - 1;

    private final LongSupplier limit;
    private final MemoryPool pool;
    private final List<byte[]> pages = new ArrayList<>();
    private final List<long[]> indexPages = new ArrayList<>();
    private long taken;
    private byte[] page = new byte[0];
    private int pageEnd;
    private long[] indexPage = new long[0];
    private int indexEnd;
    private int count;

    /**
     * A buffer.
     *
     * @param limitBytes how many bytes it may take at this moment
     * @param pool where its pages come from
     */
    SortBuffer(LongSupplier limitBytes, MemoryPool pool) {
        this.limit = limitBytes;
        this.pool = pool;
    }

    /** Adds a record; false if there is no room for it. */
    boolean add(int partition, byte[] key, int ko, int keyLength, byte[] value, int vo, int valueLength) {
        long need = (long) HEADER_BYTES + keyLength + valueLength;
        if (need > page.length - pageEnd && !addPage(need)) {
            return false;
        }
        if (indexEnd == indexPage.length && !addIndexPage()) {
            return false;
        }
        int at = pageEnd;
        INTS.set(page, at, keyLength);
        INTS.set(page, at + 4, valueLength);
        System.arraycopy(key, ko, page, at + HEADER_BYTES, keyLength);
        System.arraycopy(value, vo, page, at + HEADER_BYTES + keyLength, valueLength);
        pageEnd += (int) need;
        indexPage[indexEnd++] = Prefix.of(page, at + HEADER_BYTES, keyLength);
        indexPage[indexEnd++] = (long) partition << PARTITION_SHIFT | (long) (pages.size() - 1) << OFFSET_BITS | at;
        count++;
        return true;
    }

    /** Sorts the records. */
    SortedRecords sort(int partitions) {
        SortedRecords records = new SortedRecords(pages.toArray(new byte[0][]), indexPages.toArray(new long[0][]));
        new IndexSort(records).sort(count, partitions);
        return records;
    }

    int count() {
        return count;
    }

    /** Whether it has taken more than it may by now. */
    boolean isOver() {
        return taken > limit.getAsLong();
    }

    /** Forgets all records, and gives the pages back. */
    void clear() {
        for (byte[] used : pages) {
            if (used.length == pool.pageBytes()) {
                pool.give(used);
            }
        }
        indexPages.forEach(pool::give);
        pages.clear();
        indexPages.clear();
        page = new byte[0];
        indexPage = new long[0];
        pageEnd = 0;
        indexEnd = 0;
        taken = 0;
        count = 0;
    }

    private boolean addPage(long need) {
        long size = Math.max(need, pool.pageBytes());
        if (taken + size > limit.getAsLong() || pages.size() == 1 << PAGE_BITS) {
            return false;
        }
        page = size == pool.pageBytes() ? pool.takeBytes() : new byte[(int) size];
        pages.add(page);
        pageEnd = 0;
        taken += size;
        return true;
    }

    private boolean addIndexPage() {
        if (taken + pool.pageBytes() > limit.getAsLong()) {
            return false;
        }
        indexPage = pool.takeLongs();
        indexPages.add(indexPage);
        indexEnd = 0;
        taken += pool.pageBytes();
        return true;
    }

    /** Takes records in order. */
    interface RecordConsumer {
        void accept(int partition, byte[] key, int ko, int keyLength, byte[] value, int vo, int valueLength)
                throws IOException;
    }

    /** The records of a buffer by their index, whose entries can be moved. */
    static final class SortedRecords {

        /** How many bits an address has. */
        static final int ADDRESS_BITS = PARTITION_SHIFT;

        private final byte[][] pages;
        private final long[][] index;
        private final int shift;
        private final int mask;

        private SortedRecords(byte[][] pages, long[][] index) {
            this.pages = pages;
            this.index = index;
            int entries = index.length == 0 ? 1 : index[0].length / ENTRY_LONGS;
            this.shift = Integer.numberOfTrailingZeros(entries);
            this.mask = entries - 1;
        }

        /** The first half of an entry. */
        long prefix(int i) {
            return index[i >>> shift][(i & mask) * ENTRY_LONGS];
        }

        /** The second half of an entry. */
        long place(int i) {
            return index[i >>> shift][(i & mask) * ENTRY_LONGS + 1];
        }

        void set(int i, long prefix, long place) {
            long[] entries = index[i >>> shift];
            entries[(i & mask) * ENTRY_LONGS] = prefix;
            entries[(i & mask) * ENTRY_LONGS + 1] = place;
        }

        /** Goes through so many records in the order of the index. */
        void forEach(int count, RecordConsumer consumer) throws IOException {
            for (int i = 0; i < count; i++) {
                long place = place(i);
                byte[] page = page(place);
                int key = keyOffset(place);
                int keyLength = keyLength(page, key);
                consumer.accept(partition(place), page, key, keyLength, page, key + keyLength, valueLength(page, key));
            }
        }

        static int partition(long place) {
            return (int) (place >>> PARTITION_SHIFT);
        }

        /** What grows with the order of adding. */
        static long address(long place) {
            return place & ADDRESS_MASK;
        }

        byte[] page(long place) {
            return pages[(int) (place >>> OFFSET_BITS) & (1 << PAGE_BITS) - 1];
        }

        static int keyOffset(long place) {
            return ((int) place & (1 << OFFSET_BITS) - 1) + HEADER_BYTES;
        }

        static int keyLength(byte[] page, int keyOffset) {
            return (int) INTS.get(page, keyOffset - HEADER_BYTES);
        }

        static int valueLength(byte[] page, int keyOffset) {
            return (int) INTS.get(page, keyOffset - HEADER_BYTES + 4);
        }
    }
}
