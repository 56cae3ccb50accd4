package io.slipway.batch.engine;

import io.slipway.model.publish.PartitionWriter;
import java.util.Arrays;

/**
 * How the changes of a delta pass a shuffle: before each value there is a byte that says whether it is a put or a delete,
 * and a delete has no more than that. Used by one thread.
 */
final class Changes {

    private static final byte PUT = 0;
    private static final byte DELETE = 1;
    private static final byte[] DELETED = {DELETE};

    private byte[] change = new byte[512];

    /** A put in the form that passes a shuffle: the first {@code length + 1} bytes of the array. */
    byte[] put(byte[] value, int offset, int length) {
        if (change.length <= length) {
            change = new byte[Math.max(length + 1, 2 * change.length)];
        }
        change[0] = PUT;
        System.arraycopy(value, offset, change, 1, length);
        return change;
    }

    /** A delete in that form. */
    static byte[] delete() {
        return DELETED;
    }

    /** Writes what has passed a shuffle. */
    static void write(PartitionWriter writer, byte[] key, byte[] change) {
        if (change[0] == DELETE) {
            writer.delete(key);
        } else {
            writer.put(key, Arrays.copyOfRange(change, 1, change.length));
        }
    }
}
