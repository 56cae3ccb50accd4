package io.slipway.serving.store;

import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Manifest;
import java.util.List;

/**
 * What the database of a version holds. Of a full version that is what its manifest says; of a delta it is derived from
 * its base's. Immutable.
 *
 * @param partitions an entry for each partition, in order
 */
public record VersionContent(List<Partition> partitions) {

    /**
     * One partition.
     *
     * @param digest the records that a reader finds
     * @param entries how many entries all its files have together: also those that a delta replaced, and its deletes
     */
    public record Partition(Digest digest, long entries) {}

    /** Takes a copy of the list. */
    public VersionContent {
        partitions = List.copyOf(partitions);
    }

    /** What a full version holds. */
    public static VersionContent of(Manifest manifest) {
        return new VersionContent(manifest.partitions().stream()
                .map(partition ->
                        new Partition(partition.digest(), partition.digest().records()))
                .toList());
    }

    /** All records that a reader finds. */
    public Digest digest() {
        return partitions.stream().map(Partition::digest).reduce(Digest.EMPTY, Digest::plus);
    }
}
