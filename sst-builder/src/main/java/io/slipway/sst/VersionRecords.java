package io.slipway.sst;

import io.slipway.model.manifest.Manifest;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The records of a committed version, in the order of their keys. Only its files are read; their sizes, block checksums, record counts and key ranges and the partitions' digests are
 * compared with it on the way. The files' SHA-256 is not: {@link BundleVerifier} does that. Thread-safe; its cursors are
 * not.
 *
 * <p>The records of a delta are those of its base with its changes: the files of all versions that it is built on are
 * read.
 *
 * <p>A cursor needs about 2 MiB, or 64 KiB for each of its partitions if that is more, the largest record, and the index
 * of the files that are open: one of each partition, and of a delta two more for each version that it is built on.
 */
public final class VersionRecords {

    private static final long READ_AHEAD_BYTES = 2 << 20;
    private static final long LEAST_READ_AHEAD_BYTES = 64 << 10;

    private final VersionFiles files;
    private final Manifest manifest;

    /** The records of a version. */
    public VersionRecords(VersionFiles files, Manifest manifest) {
        this.files = files;
        this.manifest = manifest;
    }

    /** The version's manifest. */
    public Manifest manifest() {
        return manifest;
    }

    /** All records. */
    public RecordCursor open() {
        return open(IntStream.range(0, manifest.partitions().size()).boxed().toList());
    }

    /** The records of some partitions. */
    public RecordCursor open(Collection<Integer> partitions) {
        List<Manifest> chain = DeltaChain.of(files.repository(), manifest).manifests();
        int open = Math.max(1, partitions.size() * (2 * chain.size() - 1));
        long readAhead = Math.max(LEAST_READ_AHEAD_BYTES, READ_AHEAD_BYTES / open);
        List<RecordCursor> cursors = partitions.stream()
                .map(partition -> open(chain, partition, readAhead))
                .toList();
        return switch (cursors.size()) {
            case 0 -> EmptyCursor.INSTANCE;
            case 1 -> cursors.get(0);
            default -> new MergedCursor(cursors);
        };
    }

    private RecordCursor open(List<Manifest> chain, int partition, long readAhead) {
        List<PartitionCursor> versions = chain.stream()
                .map(version -> new PartitionCursor(files, version, partition, readAhead))
                .toList();
        return versions.size() == 1 ? versions.get(0) : new ChainCursor(versions);
    }
}
