package io.slipway.sst;

import io.slipway.model.FencedException;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.FileEntry.Content;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionTally;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.RepositoryStorage;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one attempt at one partition into SST files of records, and for a delta into such of deletes. They get their
 * names in the repository only when all of them are finished and were read back. The names hold session and attempt, so
 * an attempt can never touch another's files. Where there is nothing to write there is no file. Used by one thread.
 */
final class SstPartitionWriter implements PartitionWriter {

    private static final byte[] NO_VALUE = {};

    private final RepositoryStorage storage;
    private final VersionId version;
    private final PartitionTally tally;
    private final int partition;
    private final int attempt;
    private final SstFiles records;
    private final SstFiles deletes;
    private long duplicates;
    private boolean finished;
    private boolean closed;

    SstPartitionWriter(
            RepositoryStorage storage,
            VersionId version,
            PartitionTally tally,
            FileShape shape,
            int partition,
            int session,
            int attempt) {
        this.storage = storage;
        this.version = version;
        this.tally = tally;
        this.partition = partition;
        this.attempt = attempt;
        this.records = new SstFiles(
                storage,
                shape,
                Content.RECORDS,
                partition,
                at -> Layout.partitionFile(partition, session, attempt, at));
        this.deletes = new SstFiles(
                storage, shape, Content.DELETES, partition, at -> Layout.deletesFile(partition, session, attempt, at));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        checkOpen();
        records.put(tally.put(key, value), value);
    }

    @Override
    public void delete(byte[] key) {
        checkOpen();
        deletes.put(tally.delete(key), NO_VALUE);
    }

    @Override
    public void countDuplicates(long count) {
        duplicates += count;
    }

    @Override
    public PartitionReceipt finish() {
        finished = true;
        Digest written = tally.digest();
        List<SstFiles.Finished> complete = new ArrayList<>(records.finish());
        complete.addAll(deletes.finish());
        complete.forEach(this::store);
        List<FileEntry> files = complete.stream().map(SstFiles.Finished::entry).toList();
        long bytes = files.stream().mapToLong(FileEntry::bytes).sum();
        return new PartitionReceipt(version, partition, attempt, files, written, bytes, duplicates, tally.sketches());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            records.close();
            deletes.close();
        }
    }

    private void checkOpen() {
        if (finished || closed) {
            throw new IllegalStateException("The writer of partition " + partition + " is finished or closed");
        }
    }

    private void store(SstFiles.Finished finished) {
        if (!storage.createIfAbsent(Layout.file(version, finished.entry().name()), finished.file())) {
            throw new FencedException("Attempt " + attempt + " at partition " + partition + " of " + version
                    + " was already written in this session. Use a new attempt number.");
        }
    }
}
