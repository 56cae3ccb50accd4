package io.slipway.batch.shuffle;

import io.slipway.batch.type.BinaryOut;

/** Makes one value of several that share a key. Used by one thread, for one group after the other. */
public interface Combiner {

    /** Begins a group with its first value. */
    void start(byte[] value, int offset, int length);

    /** Adds the group's next value. */
    void add(byte[] value, int offset, int length);

    /** Appends the one value of the group. */
    void finish(BinaryOut out);
}
