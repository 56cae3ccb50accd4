package io.slipway.serving.ingest;

import java.util.Arrays;

/** Watches keys go by. Used by one thread. */
final class KeyOrder {

    private byte[] last = {};
    private boolean isFirst = true;

    /**
     * Looks at the next key, which is kept and must not change.
     *
     * @return above 0 if it is above the key before or the first, 0 if it is the same, below 0 if it is below
     */
    int next(byte[] key) {
        int order = isFirst ? 1 : Arrays.compareUnsigned(key, last);
        isFirst = false;
        last = key;
        return order;
    }
}
