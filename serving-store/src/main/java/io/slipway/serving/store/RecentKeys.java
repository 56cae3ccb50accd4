package io.slipway.serving.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A sample of the keys that were looked up last in a dataset, in whichever version. A version that is staged is warmed by
 * looking these up. Thread-safe; noting a key neither waits nor, mostly, allocates.
 */
public final class RecentKeys {

    private static final int KEPT = 1 << 14;
    private static final int ONE_OF = 1 << 4;
    /** Once there are enough they are replaced slowly: each lives long, and is garbage of the kind that is dear to collect. */
    private static final int ONE_OF_LATER = 1 << 8;
    /** Longer keys are not kept, which bounds the memory to 4 MiB for a dataset. */
    private static final int LONGEST = 256;

    private final AtomicReferenceArray<byte[]> keys = new AtomicReferenceArray<>(KEPT);
    private final AtomicInteger next = new AtomicInteger();
    private volatile int mask = ONE_OF - 1;

    /** Notes one of so many keys: of a few thousand random lookups, enough to know what is asked for. */
    void note(byte[] key, int offset, int length) {
        if ((ThreadLocalRandom.current().nextInt() & mask) == 0 && length <= LONGEST) {
            byte[] copy = new byte[length];
            System.arraycopy(key, offset, copy, 0, length);
            int place = next.getAndIncrement() & KEPT - 1;
            keys.lazySet(place, copy);
            if (place == KEPT - 1) {
                mask = ONE_OF_LATER - 1;
            }
        }
    }

    /** The keys. */
    List<byte[]> list() {
        List<byte[]> list = new ArrayList<>();
        for (int i = 0; i < KEPT; i++) {
            byte[] key = keys.get(i);
            if (key != null) {
                list.add(key);
            }
        }
        return list;
    }
}
