package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import io.slipway.model.FencedException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.json.Sha256;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.repository.Layout;
import io.slipway.model.statistics.FieldSketcher;
import io.slipway.model.storage.RepositoryStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Writes one attempt at one partition into one SST file, which gets its name in the repository only when it is finished
 * and was read back. The name holds session and attempt, so an attempt can never touch another's file. An empty
 * partition has no file. Used by one thread.
 */
final class SstPartitionWriter implements PartitionWriter {

    private static final int READ_BYTES = 1 << 16;

    private final RepositoryStorage storage;
    private final VersionId version;
    private final Partitioner partitioner;
    private final KeyCodec keys;
    private final int partition;
    private final int session;
    private final int attempt;
    private final DigestBuilder digest = new DigestBuilder();
    private final FieldSketcher sketcher;
    private final Path file;
    private final EnvOptions envOptions = new EnvOptions();
    private final Options options = SstFormat.fileOptions();
    private final SstFileWriter sst = new SstFileWriter(envOptions, options);
    private byte[] leastKey;
    private byte[] lastKey;
    private long duplicates;
    private boolean finished;
    private boolean closed;

    SstPartitionWriter(
            RepositoryStorage storage,
            VersionId version,
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
        this.file = storage.newTemporaryFile();
    }

    @Override
    public void put(byte[] key, byte[] value) {
        if (finished || closed) {
            throw new IllegalStateException("The writer of partition " + partition + " is finished or closed");
        }
        check(key);
        sketcher.add(value, 0, value.length);
        try {
            if (leastKey == null) {
                sst.open(file.toString());
                leastKey = key.clone();
            }
            sst.put(key, value);
        } catch (RocksDBException e) {
            throw unavailable(e);
        }
        digest.add(key, value);
        lastKey = key.clone();
    }

    @Override
    public void countDuplicates(long count) {
        duplicates += count;
    }

    @Override
    public PartitionReceipt finish() {
        finished = true;
        Digest written = digest.digest();
        List<FileEntry> files = written.records() == 0 ? List.of() : List.of(store(written));
        long bytes = files.stream().mapToLong(FileEntry::bytes).sum();
        return new PartitionReceipt(
                version, partition, attempt, files, written, bytes, duplicates, sketcher.sketches());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        sst.close();
        options.close();
        envOptions.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It goes with the storage's other temporary files.
        }
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

    private FileEntry store(Digest written) {
        try {
            sst.finish();
        } catch (RocksDBException e) {
            throw unavailable(e);
        }
        FileEntry entry = entry(written);
        SstCheck.check(file, entry);
        if (!storage.createIfAbsent(Layout.file(version, entry.name()), file)) {
            throw new FencedException("Attempt " + attempt + " at partition " + partition + " of " + version
                    + " was already written in this session. Use a new attempt number.");
        }
        return entry;
    }

    private FileEntry entry(Digest written) {
        try {
            return new FileEntry(
                    Layout.partitionFile(partition, session, attempt),
                    partition,
                    Files.size(file),
                    written.records(),
                    hash(file),
                    HexFormat.of().formatHex(leastKey),
                    HexFormat.of().formatHex(lastKey));
        } catch (IOException e) {
            throw new CorruptDataException(file.toString(), "whole file", "it cannot be read back", e);
        }
    }

    private static String hash(Path file) throws IOException {
        MessageDigest sha256 = Sha256.newDigest();
        byte[] buffer = new byte[READ_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return Sha256.hex(sha256);
    }

    private UnavailableException unavailable(RocksDBException e) {
        return new UnavailableException(
                "Cannot write partition " + partition + " of " + version + ": " + e.getMessage()
                        + ". See that the disk of " + storage.location() + " has space and can be written.",
                e);
    }
}
