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
import java.util.Optional;

/**
 * Writes one attempt at one partition into an SST file of records, and for a delta one of deletes. They get their names
 * in the repository only when they are finished and were read back. The names hold session and attempt, so an attempt
 * can never touch another's files. Where there is nothing to write there is no file. Used by one thread.
 */
final class SstPartitionWriter implements PartitionWriter {

    private static final byte[] NO_VALUE = {};

    private final RepositoryStorage storage;
    private final VersionId version;
    private final PartitionTally tally;
    private final int partition;
    private final int session;
    private final int attempt;
    private final SstOutput records;
    private Optional<SstOutput> deletes = Optional.empty();
    private long duplicates;
    private boolean finished;
    private boolean closed;

    SstPartitionWriter(
            RepositoryStorage storage,
            VersionId version,
            PartitionTally tally,
            int partition,
            int session,
            int attempt) {
        this.storage = storage;
        this.version = version;
        this.tally = tally;
        this.partition = partition;
        this.session = session;
        this.attempt = attempt;
        this.records = new SstOutput(storage, Content.RECORDS);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        checkOpen();
        records.put(tally.put(key, value), value);
    }

    @Override
    public void delete(byte[] key) {
        checkOpen();
        byte[] kept = tally.delete(key);
        if (deletes.isEmpty()) {
            deletes = Optional.of(new SstOutput(storage, Content.DELETES));
        }
        deletes.get().put(kept, NO_VALUE);
    }

    @Override
    public void countDuplicates(long count) {
        duplicates += count;
    }

    @Override
    public PartitionReceipt finish() {
        finished = true;
        Digest written = tally.digest();
        List<FileEntry> files = new ArrayList<>();
        if (!records.isEmpty()) {
            files.add(store(records, Layout.partitionFile(partition, session, attempt)));
        }
        deletes.ifPresent(output -> files.add(store(output, Layout.deletesFile(partition, session, attempt))));
        long bytes = files.stream().mapToLong(FileEntry::bytes).sum();
        return new PartitionReceipt(version, partition, attempt, files, written, bytes, duplicates, tally.sketches());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            records.close();
            deletes.ifPresent(SstOutput::close);
        }
    }

    private void checkOpen() {
        if (finished || closed) {
            throw new IllegalStateException("The writer of partition " + partition + " is finished or closed");
        }
    }

    private FileEntry store(SstOutput output, String name) {
        FileEntry entry = output.finish(name, partition);
        if (!storage.createIfAbsent(Layout.file(version, name), output.file())) {
            throw new FencedException("Attempt " + attempt + " at partition " + partition + " of " + version
                    + " was already written in this session. Use a new attempt number.");
        }
        return entry;
    }
}
