package io.slipway.model.publish;

import io.slipway.model.InvalidInputException;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.statistics.FieldSketch;
import io.slipway.model.statistics.FieldSketcher;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/**
 * What every route does alike with the records of one partition: refuses keys out of order or of another partition, and
 * sums up digest and field statistics. Runs for every record. Used by one thread.
 */
public final class PartitionTally {

    private final VersionId version;
    private final Kind kind;
    private final Partitioner partitioner;
    private final KeyCodec keys;
    private final int partition;
    private final DigestBuilder digest = new DigestBuilder();
    private final FieldSketcher sketcher;
    private byte[] lastKey;

    /** What is written. */
    public enum Kind {
        /** Records. */
        FULL,
        /** Changes: puts and deletes. */
        DELTA
    }

    /** The tally of no records yet. */
    public PartitionTally(
            VersionId version, Kind kind, Partitioner partitioner, KeyCodec keys, Schema valueSchema, int partition) {
        this.version = version;
        this.kind = kind;
        this.partitioner = partitioner;
        this.keys = keys;
        this.sketcher = FieldSketcher.of(valueSchema);
        this.partition = partition;
    }

    /**
     * Adds a record.
     *
     * @return a copy of the key
     * @throws InvalidInputException if the key is not greater than the one before, or of another partition
     */
    public byte[] put(byte[] key, byte[] value) {
        check(key);
        sketcher.add(value, 0, value.length);
        digest.add(key, value);
        lastKey = key.clone();
        return lastKey;
    }

    /**
     * Adds the delete of a key.
     *
     * @return a copy of the key
     * @throws InvalidInputException as {@link #put}, and if the version is not a delta
     */
    public byte[] delete(byte[] key) {
        if (kind != Kind.DELTA) {
            throw new InvalidInputException("Key '" + keys.describe(key) + "' cannot be deleted: " + version
                    + " is not a delta. Publish it as one, or leave the key out.");
        }
        check(key);
        digest.addDelete(key);
        lastKey = key.clone();
        return lastKey;
    }

    /** The number of records so far and the sum of their hashes. */
    public Digest digest() {
        return digest.digest();
    }

    /** What the fields of the values so far look like. */
    public List<FieldSketch> sketches() {
        return sketcher.sketches();
    }

    private void check(byte[] key) {
        if (lastKey != null && Arrays.compareUnsigned(key, lastKey) <= 0) {
            throw new InvalidInputException("Key '" + keys.describe(key) + "' does not come after '"
                    + keys.describe(lastKey) + "'. Put each key once, in ascending order.");
        }
        int right = partitioner.partition(key);
        if (right != partition) {
            throw new InvalidInputException("Key '" + keys.describe(key) + "' belongs to partition " + right
                    + ", not to " + partition + ". Put it there.");
        }
    }
}
