package io.slipway.batch.engine;

import io.slipway.batch.type.BinaryOut;
import java.util.Arrays;

/**
 * Keys of a shuffle that sorts by key and, within one key, by something else.
 *
 * <pre>
 *   the key, each 0x00 in it followed by 0xff │ 0x00 0x01 │ the order-preserving form of what else to sort by
 * </pre>
 *
 * Up to the end mark this is how the fields of a record key are written ({@code spec/key-encoding.md}), so keys keep
 * their order, and none is the beginning of another.
 */
final class SortKey {

    private static final int ESCAPE = 0x00;
    private static final int ESCAPED_ZERO = 0xff;
    private static final int END = 0x01;

    private SortKey() {}

    /** Appends the part that is of the key, up to the end mark. */
    static void writeKeyPart(BinaryOut key, BinaryOut out) {
        byte[] bytes = key.array();
        for (int i = 0; i < key.size(); i++) {
            out.writeByte(bytes[i]);
            if (bytes[i] == ESCAPE) {
                out.writeByte(ESCAPED_ZERO);
            }
        }
        out.writeByte(ESCAPE);
        out.writeByte(END);
    }

    /** How long the part is that is of the key, with the end mark. */
    static int keyPartLength(byte[] array, int offset) {
        int at = offset;
        while (array[at] != ESCAPE || array[at + 1] != END) {
            at++;
        }
        return at + 2 - offset;
    }

    /** The key of its part. */
    static byte[] keyOf(byte[] part) {
        byte[] key = new byte[part.length];
        int length = 0;
        for (int i = 0; i < part.length - 2; i++) {
            key[length++] = part[i];
            if (part[i] == ESCAPE) {
                i++;
            }
        }
        return Arrays.copyOf(key, length);
    }
}
