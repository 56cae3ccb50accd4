package io.slipway.sst;

import io.slipway.model.FencedException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.FileEntry.Content;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.repository.Layout;
import io.slipway.model.statistics.FieldSketcher;
import io.slipway.model.storage.RepositoryStorage;
import java.util.ArrayList;
import java.util.Arrays;
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
    private final Partitioner partitioner;
    private final KeyCodec keys;
    private final int partition;
    private final int session;
    private final int attempt;
    private final DigestBuilder digest = new DigestBuilder();
    private final FieldSketcher sketcher;
    private final SstOutput records;
    private final Kind kind;
    private Optional<SstOutput> deletes = Optional.empty();
    private byte[] lastKey;
    private long duplicates;
    private boolean finished;
    private boolean closed;

    SstPartitionWriter(
            RepositoryStorage storage,
            VersionId version,
            Kind kind,
            Partitioner partitioner,
            KeyCodec keys,
            FieldSketcher sketcher,
            int partition,
            int session,
            int attempt) {
        this.storage = storage;
        this.version = version;
        this.partitioner = partitioner;
        this.keys = keys;
        this.sketcher = sketcher;
        this.partition = partition;
        this.session = session;
        this.attempt = attempt;
        this.records = new SstOutput(storage, Content.RECORDS);
        this.kind = kind;
    }

    /** What is written. */
    enum Kind {
        FULL,
        DELTA
    }

    @Override
    public void put(byte[] key, byte[] value) {
        check(key);
        sketcher.add(value, 0, value.length);
        lastKey = key.clone();
        records.put(lastKey, value);
        digest.add(key, value);
    }

    @Override
    public void delete(byte[] key) {
        if (kind != Kind.DELTA) {
            throw new InvalidInputException("Key '" + keys.describe(key) + "' cannot be deleted: " + version
                    + " is not a delta. Publish it as one, or leave the key out.");
        }
        check(key);
        if (deletes.isEmpty()) {
            deletes = Optional.of(new SstOutput(storage, Content.DELETES));
        }
        lastKey = key.clone();
        deletes.get().put(lastKey, NO_VALUE);
        digest.addDelete(key);
    }

    @Override
    public void countDuplicates(long count) {
        duplicates += count;
    }

    @Override
    public PartitionReceipt finish() {
        finished = true;
        Digest written = digest.digest();
        List<FileEntry> files = new ArrayList<>();
        if (!records.isEmpty()) {
            files.add(store(records, Layout.partitionFile(partition, session, attempt)));
        }
        deletes.ifPresent(output -> files.add(store(output, Layout.deletesFile(partition, session, attempt))));
        long bytes = files.stream().mapToLong(FileEntry::bytes).sum();
        return new PartitionReceipt(
                version, partition, attempt, files, written, bytes, duplicates, sketcher.sketches());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            records.close();
            deletes.ifPresent(SstOutput::close);
        }
    }

    private void check(byte[] key) {
        if (finished || closed) {
            throw new IllegalStateException("The writer of partition " + partition + " is finished or closed");
        }
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

    private FileEntry store(SstOutput output, String name) {
        FileEntry entry = output.finish(name, partition);
        if (!storage.createIfAbsent(Layout.file(version, name), output.file())) {
            throw new FencedException("Attempt " + attempt + " at partition " + partition + " of " + version
                    + " was already written in this session. Use a new attempt number.");
        }
        return entry;
    }
}
