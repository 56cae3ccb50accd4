package io.slipway.batch.shuffle;

/**
 * Sorts the index of a {@link SortBuffer} in place: by partition, then by key eight bytes at a time, then by offset,
 * which is the order of adding. Large ranges are distributed by one byte (McIlroy, Bostic, McIlroy: Engineering Radix
 * Sort, 1993), middle ones by quicksort on the eight bytes, small ones by insertion. Bytes that all keys of a range
 * share are skipped. Recursion takes the smaller parts, so its depth is at most logarithmic.
 */
final class IndexSort {

    private static final int SMALL = 24;
    private static final int LARGE = 1024;
    private static final int RADIX = 256;
    /** In place of a depth: the keys of the range are equal, and the entries' first halves decide. */
    private static final int KEYS_ENDED = -1;

    private final byte[] memory;
    private final int base;

    IndexSort(byte[] memory, int base) {
        this.memory = memory;
        this.base = base;
    }

    void sort(int count, int partitions) {
        if (partitions == 1) {
            sortKeys(0, count, 0);
            return;
        }
        int[] ends = distribute(0, count, 8, 32, partitions);
        int from = 0;
        for (int end : ends) {
            sortKeys(from, end, 0);
            from = end;
        }
    }

    private void sortKeys(int from, int to, int atDepth) {
        int low = from;
        int high = to;
        int depth = atDepth;
        while (high - low > SMALL) {
            long difference = difference(low, high);
            if (difference == 0) {
                depth = load(low, high, depth + Prefix.BYTES);
                continue;
            }
            int[] ends = high - low < LARGE
                    ? split(low, high)
                    : distribute(low, high, 0, 56 - (Long.numberOfLeadingZeros(difference) & -Byte.SIZE), RADIX);
            int largest = largest(low, ends);
            int start = low;
            for (int i = 0; i < ends.length; i++) {
                if (i != largest) {
                    sortKeys(start, ends[i], depth);
                }
                start = ends[i];
            }
            low = largest == 0 ? low : ends[largest - 1];
            high = ends[largest];
        }
        insertion(low, high, depth);
    }

    private long difference(int low, int high) {
        long first = half(low, 0);
        long difference = 0;
        for (int i = low + 1; i < high; i++) {
            difference |= half(i, 0) ^ first;
        }
        return difference;
    }

    /** Loads the eight bytes at a depth, or lengths and offsets where all keys have ended; returns the depth. */
    private int load(int low, int high, int depth) {
        boolean ended = true;
        for (int i = low; i < high && ended; i++) {
            ended = SortBuffer.keyLength(memory, (int) half(i, 8)) <= depth;
        }
        for (int i = low; i < high; i++) {
            int record = (int) half(i, 8);
            int length = SortBuffer.keyLength(memory, record);
            long prefix = ended
                    ? (long) length << 32 | record
                    : length <= depth ? 0 : Prefix.of(memory, SortBuffer.key(record) + depth, length - depth);
            SortBuffer.LONGS.set(memory, at(i), prefix);
        }
        return ended ? KEYS_ENDED : depth;
    }

    /** Distributes a range over buckets by a part of the entries; returns where each bucket ends. */
    private int[] distribute(int low, int high, int half, int shift, int buckets) {
        int mask = half == 0 ? buckets - 1 : -1;
        int[] next = new int[buckets];
        for (int i = low; i < high; i++) {
            next[(int) (half(i, half) >>> shift) & mask]++;
        }
        int[] ends = new int[buckets];
        int at = low;
        for (int i = 0; i < buckets; i++) {
            int size = next[i];
            next[i] = at;
            at += size;
            ends[i] = at;
        }
        for (int bucket = 0; bucket < buckets; bucket++) {
            while (next[bucket] < ends[bucket]) {
                settle(next, bucket, half, shift, mask);
            }
        }
        return ends;
    }

    /** Puts the entry at the front of a bucket where it belongs, and those it displaces, until one belongs here. */
    private void settle(int[] next, int bucket, int half, int shift, int mask) {
        int home = next[bucket];
        long first = half(home, 0);
        long second = half(home, 8);
        int target = (int) ((half == 0 ? first : second) >>> shift) & mask;
        while (target != bucket) {
            int place = next[target]++;
            long displacedFirst = half(place, 0);
            long displacedSecond = half(place, 8);
            set(place, first, second);
            first = displacedFirst;
            second = displacedSecond;
            target = (int) ((half == 0 ? first : second) >>> shift) & mask;
        }
        set(home, first, second);
        next[bucket]++;
    }

    /** Splits a range into what is less than, equal to and greater than a pivot; returns where each part ends. */
    private int[] split(int low, int high) {
        long pivot = median(half(low, 0), half((low + high) >>> 1, 0), half(high - 1, 0));
        int less = low;
        int at = low;
        int greater = high;
        while (at < greater) {
            int order = Long.compareUnsigned(half(at, 0), pivot);
            if (order < 0) {
                swap(less++, at++);
            } else if (order > 0) {
                swap(at, --greater);
            } else {
                at++;
            }
        }
        return new int[] {less, greater, high};
    }

    private void insertion(int low, int high, int depth) {
        for (int i = low + 1; i < high; i++) {
            long first = half(i, 0);
            long second = half(i, 8);
            int at = i;
            while (at > low && isLess(first, second, at - 1, depth)) {
                set(at, half(at - 1, 0), half(at - 1, 8));
                at--;
            }
            set(at, first, second);
        }
    }

    private boolean isLess(long first, long second, int other, int depth) {
        int order = Long.compareUnsigned(first, half(other, 0));
        if (order != 0 || depth == KEYS_ENDED) {
            return order < 0;
        }
        int a = (int) second;
        int b = (int) half(other, 8);
        int aLength = SortBuffer.keyLength(memory, a);
        int bLength = SortBuffer.keyLength(memory, b);
        order = Prefix.compareRest(
                memory, SortBuffer.key(a), aLength, memory, SortBuffer.key(b), bLength, depth + Prefix.BYTES);
        return order < 0 || (order == 0 && a < b);
    }

    private static int largest(int low, int[] ends) {
        int largest = 0;
        int size = ends[0] - low;
        for (int i = 1; i < ends.length; i++) {
            if (ends[i] - ends[i - 1] > size) {
                size = ends[i] - ends[i - 1];
                largest = i;
            }
        }
        return largest;
    }

    private static long median(long a, long b, long c) {
        boolean ab = Long.compareUnsigned(a, b) < 0;
        boolean bc = Long.compareUnsigned(b, c) < 0;
        if (ab == bc) {
            return b;
        }
        return ab == Long.compareUnsigned(a, c) < 0 ? c : a;
    }

    private int at(int i) {
        return base + i * SortBuffer.ENTRY_BYTES;
    }

    private long half(int i, int offset) {
        return (long) SortBuffer.LONGS.get(memory, at(i) + offset);
    }

    private void set(int i, long first, long second) {
        SortBuffer.LONGS.set(memory, at(i), first);
        SortBuffer.LONGS.set(memory, at(i) + 8, second);
    }

    private void swap(int a, int b) {
        long first = half(a, 0);
        long second = half(a, 8);
        set(a, half(b, 0), half(b, 8));
        set(b, first, second);
    }
}
