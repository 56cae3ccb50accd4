package io.slipway.batch.engine;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.slipway.model.partition.Partitioner;

/** How a shuffle spreads keys over partitions. Thread-safe. */
interface Partitioning {

    /** How many partitions there are. */
    int partitions();

    /** The partition of an encoded key. */
    int of(byte[] key, int offset, int length);

    /** By a hash of the key. */
    static Partitioning byHash(int partitions) {
        Hasher64 hasher = Hashing.xxh3_64();
        return new Partitioning() {
            @Override
            public int partitions() {
                return partitions;
            }

            @Override
            public int of(byte[] key, int offset, int length) {
                return partitions == 1
                        ? 0
                        : (int) Long.remainderUnsigned(hasher.hashBytesToLong(key, offset, length), partitions);
            }
        };
    }

    /** As a version's partitioner does. */
    static Partitioning of(Partitioner partitioner) {
        return new Partitioning() {
            @Override
            public int partitions() {
                return partitioner.partitions();
            }

            @Override
            public int of(byte[] key, int offset, int length) {
                return partitioner.partition(key, offset, length);
            }
        };
    }
}
