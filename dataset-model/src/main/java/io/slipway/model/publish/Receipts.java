package io.slipway.model.publish;

import io.slipway.model.InvalidInputException;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.FieldStatistics;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.statistics.FieldSketch;
import io.slipway.model.statistics.FieldSketcher;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Exactly one receipt for every partition of a version, and what they sum up to. Immutable. */
public final class Receipts {

    private final VersionId version;
    private final List<PartitionReceipt> inOrder;

    private Receipts(VersionId version, List<PartitionReceipt> inOrder) {
        this.version = version;
        this.inOrder = inOrder;
    }

    /**
     * The receipts that a commit was given, checked.
     *
     * @throws InvalidInputException if one is of another version, or a partition has none or more than one
     */
    public static Receipts complete(VersionId version, int partitions, Collection<PartitionReceipt> receipts) {
        for (PartitionReceipt receipt : receipts) {
            if (!receipt.version().equals(version)) {
                throw new InvalidInputException(
                        "A receipt of " + receipt.version() + " was given to commit " + version + ". Give its own.");
            }
        }
        List<PartitionReceipt> sorted = receipts.stream()
                .sorted(Comparator.comparingInt(PartitionReceipt::partition))
                .toList();
        for (int i = 0; i < partitions; i++) {
            if (i >= sorted.size() || sorted.get(i).partition() != i) {
                throw new InvalidInputException("Partition " + i + " of " + version
                        + " has no receipt, or another has two. Commit with exactly one for each.");
            }
        }
        if (sorted.size() > partitions) {
            throw new InvalidInputException(sorted.size() + " receipts were given for the " + partitions
                    + " partitions of " + version + ". Commit with exactly one for each.");
        }
        return new Receipts(version, sorted);
    }

    /**
     * Checks the duplicates that were counted.
     *
     * @throws InvalidInputException if there are any and the policy is {@code fail}
     */
    public void checkDuplicates(DuplicatePolicy policy) {
        long count = duplicates();
        if (count > 0 && policy == DuplicatePolicy.FAIL) {
            throw new InvalidInputException(count + " records of " + version.dataset()
                    + " share their key with another. Choose a longer key, or the duplicate policy first or last.");
        }
    }

    /** The receipts, by partition. */
    public List<PartitionReceipt> inOrder() {
        return inOrder;
    }

    /** All files, by partition. */
    public List<FileEntry> files() {
        return inOrder.stream().flatMap(receipt -> receipt.files().stream()).toList();
    }

    /** What each partition holds. */
    public List<PartitionEntry> partitions() {
        return inOrder.stream()
                .map(receipt -> new PartitionEntry(receipt.partition(), receipt.digest()))
                .toList();
    }

    /** The number of all records and the sum of their hashes. */
    public Digest digest() {
        return inOrder.stream().map(PartitionReceipt::digest).reduce(Digest.EMPTY, Digest::plus);
    }

    /** The size of all files. */
    public long bytes() {
        return inOrder.stream().mapToLong(PartitionReceipt::bytes).sum();
    }

    /** How many records shared their key with another, beyond the first. */
    public long duplicates() {
        return inOrder.stream().mapToLong(PartitionReceipt::duplicates).sum();
    }

    /** How many of the records are deletes of a delta. */
    public long deletes() {
        return inOrder.stream().mapToLong(PartitionReceipt::deletes).sum();
    }

    /** What each field's values look like over all partitions. */
    public List<FieldStatistics> fields() {
        List<FieldSketch> sketches = List.of();
        for (PartitionReceipt receipt : inOrder) {
            sketches = FieldSketcher.merge(sketches, receipt.sketches());
        }
        return sketches.stream().map(FieldSketch::statistics).toList();
    }
}
