package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.FileEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/**
 * The records of one SST file. Checks the file's size when it is opened, every block's checksum as it is read, and at the
 * ends the number of records, the least and the greatest key.
 */
final class FileCursor implements RecordCursor {

    private final VersionFile file;
    private final FileEntry entry;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private SstFileReaderIterator records;
    private ByteBuffer key = ByteBuffer.allocate(64);
    private ByteBuffer value = ByteBuffer.allocate(512);
    private int keyLength;
    private int valueLength;
    private long shown;

    /**
     * Opens a file.
     *
     * @param readAheadBytes how much is read at once; so much memory is used
     * @throws CorruptDataException if it is missing, of another size, or not an SST file
     */
    FileCursor(VersionFile file, long readAheadBytes) {
        this.file = file;
        this.entry = file.entry();
        boolean done = false;
        try {
            Path local = opened(file.open()).path();
            checkSize(local);
            Options options = opened(SstFormat.scanOptions());
            SstFileReader reader = opened(new SstFileReader(options));
            reader.open(local.toString());
            ReadOptions readOptions = opened(new ReadOptions().setReadaheadSize(readAheadBytes));
            records = opened(reader.newIterator(readOptions));
            done = true;
        } catch (RocksDBException e) {
            throw SstCheck.damaged(file.place(), e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    @Override
    public boolean next() {
        if (shown == 0) {
            records.seekToFirst();
        } else {
            records.next();
        }
        if (!records.isValid()) {
            checkEnd();
            return false;
        }
        keyLength = readKey();
        valueLength = readValue();
        if (shown++ == 0) {
            compare("least key", entry.leastKey(), hexKey());
        }
        return true;
    }

    @Override
    public byte[] key() {
        return key.array();
    }

    @Override
    public int keyLength() {
        return keyLength;
    }

    @Override
    public byte[] value() {
        return value.array();
    }

    @Override
    public int valueLength() {
        return valueLength;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("A cursor on " + file.place() + " cannot be closed", e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private void checkSize(Path local) {
        try {
            compare("size", entry.bytes() + " bytes", Files.size(local) + " bytes");
        } catch (NoSuchFileException e) {
            throw new CorruptDataException(file.place(), "whole file", entry.bytes() + " bytes", "no file");
        } catch (IOException e) {
            throw new UnavailableException(file.place() + " cannot be read (" + e + "). Check the repository.", e);
        }
    }

    private int readKey() {
        int length = records.key(key.clear());
        if (length > key.capacity()) {
            key = ByteBuffer.allocate(2 * length);
            records.key(key);
        }
        return length;
    }

    private int readValue() {
        int length = records.value(value.clear());
        if (length > value.capacity()) {
            value = ByteBuffer.allocate(length + length / 2);
            records.value(value);
        }
        return length;
    }

    /** The key that was read last is still there. */
    private void checkEnd() {
        try {
            records.status();
        } catch (RocksDBException e) {
            throw SstCheck.damaged(file.place(), e);
        }
        compare("record count", entry.records(), shown);
        compare("greatest key", entry.greatestKey(), hexKey());
    }

    private String hexKey() {
        return HexFormat.of().formatHex(key.array(), 0, keyLength);
    }

    private void compare(String place, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new CorruptDataException(file.place(), place, expected, found);
        }
    }
}
