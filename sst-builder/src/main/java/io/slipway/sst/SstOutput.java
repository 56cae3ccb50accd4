package io.slipway.sst;

import io.slipway.model.UnavailableException;
import io.slipway.model.json.Sha256;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.FileEntry.Content;
import io.slipway.model.storage.RepositoryStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/** One SST file that is being written, in a temporary place; there is none before the first entry. Used by one thread. */
final class SstOutput implements AutoCloseable {

    private final RepositoryStorage storage;
    private final Content content;
    private final Path file;
    private final EnvOptions envOptions = new EnvOptions();
    private final Options options = SstFormat.fileOptions();
    private final SstFileWriter sst = new SstFileWriter(envOptions, options);
    private byte[] leastKey = {};
    private byte[] lastKey = {};
    private long entries;

    SstOutput(RepositoryStorage storage, Content content) {
        this.storage = storage;
        this.content = content;
        this.file = storage.newTemporaryFile();
    }

    /**
     * Adds an entry.
     *
     * @param key is kept, so it must not change
     * @throws UnavailableException if it cannot be written
     */
    void put(byte[] key, byte[] value) {
        try {
            if (entries == 0) {
                sst.open(file.toString());
                leastKey = key;
            }
            sst.put(key, value);
        } catch (RocksDBException e) {
            throw unavailable(e);
        }
        lastKey = key;
        entries++;
    }

    boolean isEmpty() {
        return entries == 0;
    }

    /**
     * Makes the file complete, reads it back and compares it with what was put.
     *
     * @param name what it will be called
     * @return what the manifest is to say of it
     */
    FileEntry finish(String name, int partition) {
        try {
            sst.finish();
            FileEntry entry = new FileEntry(
                    name,
                    content,
                    partition,
                    Files.size(file),
                    entries,
                    hash(file),
                    HexFormat.of().formatHex(leastKey),
                    HexFormat.of().formatHex(lastKey));
            SstCheck.check(file, entry);
            return entry;
        } catch (RocksDBException | IOException e) {
            throw unavailable(e);
        }
    }

    /** Where it is. */
    Path file() {
        return file;
    }

    @Override
    public void close() {
        sst.close();
        options.close();
        envOptions.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It goes with the storage's other temporary files.
        }
    }

    /** The SHA-256 of a file, in hex. */
    static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.hex(in);
        }
    }

    private UnavailableException unavailable(Exception e) {
        return new UnavailableException(
                "An SST file cannot be written: " + e.getMessage() + ". See that the disk of " + storage.location()
                        + " has space and can be written.",
                e);
    }
}
