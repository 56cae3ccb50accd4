package io.slipway.batch.shuffle;

import io.slipway.batch.type.BinaryOut;
import java.io.IOException;
import java.util.Arrays;

/** Puts a combiner between a sequence of sorted records and a {@link RunWriter}. */
final class CombiningWriter {

    private final RunWriter writer;
    private final Combiner combiner;
    private final BinaryOut key = new BinaryOut();
    private final BinaryOut value = new BinaryOut();
    private int partition = -1;
    private int count;

    CombiningWriter(RunWriter writer, Combiner combiner) {
        this.writer = writer;
        this.combiner = combiner;
    }

    void append(int to, byte[] keys, int ko, int keyLength, byte[] values, int vo, int valueLength) throws IOException {
        if (to == partition && Arrays.equals(key.array(), 0, key.size(), keys, ko, ko + keyLength)) {
            if (count++ == 1) {
                combiner.start(value.array(), 0, value.size());
            }
            combiner.add(values, vo, valueLength);
            return;
        }
        flush();
        partition = to;
        key.clear().writeRaw(keys, ko, keyLength);
        value.clear().writeRaw(values, vo, valueLength);
        count = 1;
    }

    /** Writes the group in work. */
    void flush() throws IOException {
        if (count > 1) {
            combiner.finish(value.clear());
        }
        if (count > 0) {
            writer.append(partition, key.array(), 0, key.size(), value.array(), 0, value.size());
        }
        count = 0;
    }
}
