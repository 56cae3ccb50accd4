package io.slipway.batch.engine;

import io.slipway.batch.shuffle.ShuffleWriter;
import java.io.IOException;

/**
 * Writes encoded records to their partitions.
 *
 * @param writer takes them
 * @param partitioning says where they belong
 */
record EdgeWriter(ShuffleWriter writer, Partitioning partitioning) {

    void write(byte[] key, int ko, int keyLength, byte[] value, int vo, int valueLength) throws IOException {
        writer.add(partitioning.of(key, ko, keyLength), key, ko, keyLength, value, vo, valueLength);
    }
}
