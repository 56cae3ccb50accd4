package io.slipway.sst;

import io.slipway.model.UnavailableException;
import io.slipway.model.json.Sha256;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.FileEntry.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/** One SST file that is being written. Used by one thread; to be closed unless it was finished. */
public final class SstOutput implements AutoCloseable {

    /** How much is put between two looks at the size, which cost as much as a small record. */
    private static final long MEASURE_EVERY_BYTES = 64 << 10;

    private final long bytes;
    private final Path file;
    private final EnvOptions envOptions = new EnvOptions();
    private final Options options;
    private final SstFileWriter sst;
    private final EntryMemory memory = new EntryMemory();
    private byte[] leastKey = {};
    private byte[] lastKey = {};
    private long entries;
    private long unmeasured;

    /**
     * A file without entries, of which there is nothing on the disk yet.
     *
     * @param file where it will be
     */
    public SstOutput(Path file, FileShape shape) {
        this.bytes = shape.bytes();
        this.file = file;
        this.options = SstFormat.writeOptions(shape.compression());
        this.sst = new SstFileWriter(envOptions, options);
    }

    /**
     * Adds an entry, whose key is above all before it.
     *
     * @param key is kept, so it must not change
     * @throws UnavailableException if it cannot be written
     */
    public void put(byte[] key, byte[] value) {
        try {
            if (entries == 0) {
                sst.open(file.toString());
                leastKey = key;
            }
            memory.put(sst, key, value);
        } catch (RocksDBException e) {
            throw unavailable(e);
        }
        lastKey = key;
        entries++;
        unmeasured += key.length + value.length;
    }

    /** Whether it has reached its size; it may grow beyond by the little that is put between two looks at it. */
    boolean isFull() {
        if (unmeasured < MEASURE_EVERY_BYTES) {
            return false;
        }
        unmeasured = 0;
        try {
            return sst.fileSize() >= bytes;
        } catch (RocksDBException e) {
            throw unavailable(e);
        }
    }

    /**
     * Makes the file, which has an entry, complete and durable, reads it back and compares it with what was put.
     *
     * @param name what it will be called
     * @return what a manifest is to say of it
     * @throws UnavailableException if it cannot be written
     */
    public FileEntry finish(String name, Content content, int partition) {
        try {
            sst.finish();
            closeWriter();
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
    public Path file() {
        return file;
    }

    /** Also deletes the file, finished or not, if it is still there. */
    @Override
    public void close() {
        closeWriter();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It goes with the storage's other temporary files.
        }
    }

    /** Closing it twice is fine. */
    private void closeWriter() {
        sst.close();
        memory.close();
        options.close();
        envOptions.close();
    }

    /** The SHA-256 of a file, in hex. */
    static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.hex(in);
        }
    }

    private UnavailableException unavailable(Exception e) {
        return new UnavailableException(
                "The SST file " + file + " cannot be written: " + e.getMessage()
                        + ". It is tried again; free some space or look at the disk.",
                e);
    }
}
