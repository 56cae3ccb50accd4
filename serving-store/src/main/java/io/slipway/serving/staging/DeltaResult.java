package io.slipway.serving.staging;

import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.repository.Layout;
import io.slipway.serving.store.LocalFiles;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.store.VersionContent;
import io.slipway.sst.DeletedKeys;
import io.slipway.sst.SstRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Derives what a delta and its base hold together, by looking only at what changes: the base's records, without each
 * that is replaced or deleted, with the new ones. On the way the changes are compared with the delta's manifest, record
 * by record. Used by one thread.
 */
final class DeltaResult {

    private final OpenVersion base;
    private final Manifest manifest;
    private final LocalFiles files;
    private final BooleanSupplier cancelled;
    private final Partitioner partitioner;

    private DeltaResult(OpenVersion base, Manifest manifest, LocalFiles files, BooleanSupplier cancelled) {
        this.base = base;
        this.manifest = manifest;
        this.files = files;
        this.cancelled = cancelled;
        this.partitioner = manifest.partitioner();
    }

    /**
     * Derives the result.
     *
     * @param base the base, held by the caller
     * @param manifest the delta's
     * @param files the delta's files
     * @param cancelled asked now and then whether to stop
     * @throws CorruptDataException if the changes are not what the delta's manifest says
     * @throws UnavailableException if the node's copy of the base cannot be read
     * @throws CancellationException if it was cancelled
     */
    static VersionContent of(OpenVersion base, Manifest manifest, LocalFiles files, BooleanSupplier cancelled) {
        DeltaResult result = new DeltaResult(base, manifest, files, cancelled);
        List<VersionContent.Partition> partitions = new ArrayList<>();
        for (int partition = 0; partition < manifest.partitions().size(); partition++) {
            partitions.add(result.partition(partition));
        }
        return new VersionContent(partitions);
    }

    private VersionContent.Partition partition(int partition) {
        Changes changes = new Changes(partition);
        for (FileEntry file : files.of(partition)) {
            SstRecords.forEach(files.path(file), (key, value) -> changes.add(file, key, value));
        }
        Digest expected = manifest.partitions().get(partition).digest();
        if (!changes.all.digest().equals(expected)) {
            throw new CorruptDataException(
                    Layout.folder(manifest.version()),
                    "digest of partition " + partition,
                    expected,
                    changes.all.digest());
        }
        VersionContent.Partition below = base.content().partitions().get(partition);
        return new VersionContent.Partition(
                below.digest().minus(changes.replaced.digest()).plus(changes.added.digest()),
                below.entries() + expected.records());
    }

    /** What changes in one partition. */
    private final class Changes {

        private static final int ASK_EVERY = 0xffff;

        private final int partition;
        private final DigestBuilder all = new DigestBuilder();
        private final DigestBuilder added = new DigestBuilder();
        private final DigestBuilder replaced = new DigestBuilder();
        private long seen;

        Changes(int partition) {
            this.partition = partition;
        }

        void add(FileEntry file, byte[] key, byte[] value) {
            int belongs = partitioner.partition(key);
            if (belongs != partition) {
                throw new CorruptDataException(file.name(), "a key", "keys of partition " + partition, belongs);
            }
            if (file.isDeletes()) {
                DeletedKeys.add(file, key, value, all);
            } else {
                all.add(key, value);
                added.add(key, value);
            }
            before(key);
            if ((++seen & ASK_EVERY) == 0 && cancelled.getAsBoolean()) {
                throw new CancellationException();
            }
        }

        private void before(byte[] key) {
            try {
                base.find(partition, key).ifPresent(old -> replaced.add(key, old));
            } catch (CorruptDataException e) {
                throw new UnavailableException(
                        "The copy of " + base.id() + " is damaged, and " + manifest.version()
                                + " is a delta on it. It is tried again once that is fetched again.",
                        e);
            }
        }
    }
}
