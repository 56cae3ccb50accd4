package io.slipway.batch.shuffle;

import io.slipway.batch.shuffle.SortBuffer.SortedRecords;

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

    private final SortedRecords records;

    IndexSort(SortedRecords records) {
        this.records = records;
    }

    void sort(int count, int partitions) {
        if (partitions == 1) {
            sortKeys(0, count, 0);
            return;
        }
        int[] ends = distributeByPartition(count, partitions);
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
                    : distributeByByte(low, high, 56 - (Long.numberOfLeadingZeros(difference) & -Byte.SIZE));
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
        long first = records.prefix(low);
        long difference = 0;
        for (int i = low + 1; i < high; i++) {
            difference |= records.prefix(i) ^ first;
        }
        return difference;
    }

    /** Loads the eight bytes at a depth, or lengths and places where all keys have ended; returns the depth. */
    private int load(int low, int high, int depth) {
        boolean ended = true;
        for (int i = low; i < high && ended; i++) {
            ended = keyLength(records.place(i)) <= depth;
        }
        for (int i = low; i < high; i++) {
            long place = records.place(i);
            records.set(i, ended ? lengthAndAddress(place) : prefix(place, depth), place);
        }
        return ended ? KEYS_ENDED : depth;
    }

    private long prefix(long place, int depth) {
        int length = keyLength(place);
        return length <= depth
                ? 0
                : Prefix.of(records.page(place), SortedRecords.keyOffset(place) + depth, length - depth);
    }

    /** Keys that are equal as far as they go, padded with zeros, differ only in how many zeros they end with. */
    private long lengthAndAddress(long place) {
        return (long) keyLength(place) << SortedRecords.ADDRESS_BITS | SortedRecords.address(place);
    }

    /** Distributes a range over buckets by a byte of the prefixes; returns where each bucket ends. */
    private int[] distributeByByte(int low, int high, int shift) {
        int[] next = new int[RADIX];
        for (int i = low; i < high; i++) {
            next[(int) (records.prefix(i) >>> shift) & 0xff]++;
        }
        int[] ends = starts(next, low);
        for (int bucket = 0; bucket < RADIX; bucket++) {
            while (next[bucket] < ends[bucket]) {
                int home = next[bucket];
                long prefix = records.prefix(home);
                long place = records.place(home);
                int target = (int) (prefix >>> shift) & 0xff;
                while (target != bucket) {
                    int at = next[target]++;
                    long displacedPrefix = records.prefix(at);
                    long displacedPlace = records.place(at);
                    records.set(at, prefix, place);
                    prefix = displacedPrefix;
                    place = displacedPlace;
                    target = (int) (prefix >>> shift) & 0xff;
                }
                records.set(home, prefix, place);
                next[bucket]++;
            }
        }
        return ends;
    }

    /** Distributes a range over its partitions; returns where each ends. */
    private int[] distributeByPartition(int high, int partitions) {
        int[] next = new int[partitions];
        for (int i = 0; i < high; i++) {
            next[SortedRecords.partition(records.place(i))]++;
        }
        int[] ends = starts(next, 0);
        for (int bucket = 0; bucket < partitions; bucket++) {
            while (next[bucket] < ends[bucket]) {
                int target = SortedRecords.partition(records.place(next[bucket]));
                if (target == bucket) {
                    next[bucket]++;
                } else {
                    swap(next[bucket], next[target]++);
                }
            }
        }
        return ends;
    }

    /** Turns sizes of buckets to where they start; returns where they end. */
    private static int[] starts(int[] sizes, int low) {
        int[] ends = new int[sizes.length];
        int at = low;
        for (int i = 0; i < sizes.length; i++) {
            int size = sizes[i];
            sizes[i] = at;
            at += size;
            ends[i] = at;
        }
        return ends;
    }

    /** Splits a range into what is less than, equal to and greater than a pivot; returns where each part ends. */
    private int[] split(int low, int high) {
        long pivot = median(records.prefix(low), records.prefix((low + high) >>> 1), records.prefix(high - 1));
        int less = low;
        int at = low;
        int greater = high;
        while (at < greater) {
            int order = Long.compareUnsigned(records.prefix(at), pivot);
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
            long first = records.prefix(i);
            long second = records.place(i);
            int at = i;
            while (at > low && isLess(first, second, at - 1, depth)) {
                records.set(at, records.prefix(at - 1), records.place(at - 1));
                at--;
            }
            records.set(at, first, second);
        }
    }

    private boolean isLess(long prefix, long place, int other, int depth) {
        int order = Long.compareUnsigned(prefix, records.prefix(other));
        if (order != 0 || depth == KEYS_ENDED) {
            return order < 0;
        }
        long otherPlace = records.place(other);
        byte[] a = records.page(place);
        byte[] b = records.page(otherPlace);
        int aKey = SortedRecords.keyOffset(place);
        int bKey = SortedRecords.keyOffset(otherPlace);
        order = Prefix.compareRest(
                a,
                aKey,
                SortedRecords.keyLength(a, aKey),
                b,
                bKey,
                SortedRecords.keyLength(b, bKey),
                depth + Prefix.BYTES);
        return order < 0 || (order == 0 && SortedRecords.address(place) < SortedRecords.address(otherPlace));
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

    private int keyLength(long place) {
        return SortedRecords.keyLength(records.page(place), SortedRecords.keyOffset(place));
    }

    private void swap(int a, int b) {
        long prefix = records.prefix(a);
        long place = records.place(a);
        records.set(a, records.prefix(b), records.place(b));
        records.set(b, prefix, place);
    }
}
