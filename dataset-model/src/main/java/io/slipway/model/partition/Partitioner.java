package io.slipway.model.partition;

import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;

/**
 * Spreads keys over partitions: murmur2 of the routing bytes, made positive, modulo the number of partitions. For a
 * whole key that is what Kafka's Java client computes (librdkafka: {@code partitioner=murmur2_random}). Immutable.
 *
 * <p>The routing bytes are the whole encoded key, or those of the first {@code routingFields} fields of a record key,
 * so that a scan by these fields reads one partition.
 */
public final class Partitioner {

    /** The most partitions that a served dataset may have. */
    public static final int MAX_PARTITIONS = 1024;

    private final int partitions;
    private final int routingFields;
    private final KeyCodec codec;

    /**
     * Creates a partitioner.
     *
     * @param partitions from 1 to {@link #MAX_PARTITIONS}
     * @param routingFields how many leading fields of the key route it; 0 for the whole key
     * @param codec the codec of the keys
     * @throws InvalidInputException if a number is out of its range
     */
    public Partitioner(int partitions, int routingFields, KeyCodec codec) {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new InvalidInputException(
                    partitions + " partitions are not possible. Use 1 to " + MAX_PARTITIONS + ".");
        }
        if (routingFields < 0 || routingFields > codec.fields().size()) {
            throw new InvalidInputException(routingFields + " routing fields are not possible: the key has "
                    + codec.fields().size() + ". Use 0 for the whole key, or fewer.");
        }
        this.partitions = partitions;
        this.routingFields = routingFields;
        this.codec = codec;
    }

    /** The number of partitions. */
    public int partitions() {
        return partitions;
    }

    /** How many leading fields of the key route it; 0 for the whole key. */
    public int routingFields() {
        return routingFields;
    }

    /** The partition of an encoded key, from 0. */
    public int partition(byte[] key) {
        return partition(key, 0, key.length);
    }

    /** The partition of an encoded key that is a range of an array, from 0. */
    public int partition(byte[] key, int offset, int length) {
        if (partitions == 1) {
            return 0;
        }
        int routingLength = routingFields == 0 ? length : codec.prefixLength(key, offset, length, routingFields);
        return (murmur2(key, offset, routingLength) & 0x7fffffff) % partitions;
    }

    /** MurmurHash2 (Austin Appleby, public domain) with the seed and finish of Kafka's {@code Utils.murmur2}. */
    static int murmur2(byte[] data, int offset, int length) {
        int m = 0x5bd1e995;
        int h = 0x9747b28c ^ length;
        int words = length >> 2;
        for (int i = 0; i < words; i++) {
            int at = offset + (i << 2);
            int k = (data[at] & 0xff)
                    | (data[at + 1] & 0xff) << 8
                    | (data[at + 2] & 0xff) << 16
                    | (data[at + 3] & 0xff) << 24;
            k *= m;
            k ^= k >>> 24;
            k *= m;
            h *= m;
            h ^= k;
        }
        int tail = offset + (words << 2);
        int left = length & 3;
        if (left == 3) {
            h ^= (data[tail + 2] & 0xff) << 16;
        }
        if (left >= 2) {
            h ^= (data[tail + 1] & 0xff) << 8;
        }
        if (left >= 1) {
            h ^= data[tail] & 0xff;
            h *= m;
        }
        h ^= h >>> 13;
        h *= m;
        h ^= h >>> 15;
        return h;
    }
}
