package io.slipway.model.publish;

import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.statistics.FieldSketch;
import java.util.List;

/**
 * What one finished attempt at one partition holds: durable, not visible, to be handed to {@link PublishSession#commit}.
 * Immutable; its parts are plain values, so that it can be carried between processes.
 *
 * @param version the version
 * @param partition the partition
 * @param attempt the attempt within its session
 * @param files the files written, by key; none if the partition is empty
 * @param digest the number of records and the sum of their hashes
 * @param bytes the size of the files
 * @param duplicates how many records shared their key with one that was put, beyond the first
 * @param sketches what each field's values look like, in a form that can be merged
 */
public record PartitionReceipt(
        VersionId version,
        int partition,
        int attempt,
        List<FileEntry> files,
        Digest digest,
        long bytes,
        long duplicates,
        List<FieldSketch> sketches) {

    /** Takes copies of the lists. */
    public PartitionReceipt {
        files = List.copyOf(files);
        sketches = List.copyOf(sketches);
    }

    /** How many of the records are deletes of a delta. */
    public long deletes() {
        return files.stream()
                .filter(FileEntry::isDeletes)
                .mapToLong(FileEntry::records)
                .sum();
    }
}
