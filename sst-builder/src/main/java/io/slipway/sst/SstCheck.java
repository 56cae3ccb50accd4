package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.List;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/**
 * Reads a whole SST file and compares it with what the manifest says of it: every block's checksum, the number of
 * records, the least and the greatest key. RocksDB's own ingestion checks none of that. Stateless.
 */
public final class SstCheck {

    private SstCheck() {}

    /**
     * Checks a file.
     *
     * @param file where it is
     * @param expected what the manifest says of it
     * @throws CorruptDataException if it is not that, naming the file as the manifest does, the place, what was expected
     *     and what was found
     * @throws UnavailableException if it cannot be looked at now
     */
    public static void check(Path file, FileEntry expected) {
        requireFile(file, expected);
        try (Options options = SstFormat.fileOptions();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(file.toString());
            reader.verifyChecksum();
            compare(
                    expected,
                    "record count",
                    expected.records(),
                    reader.getTableProperties().getNumEntries());
            checkRange(reader, expected);
        } catch (RocksDBException e) {
            throw damaged(expected.name(), e);
        }
    }

    /**
     * Checks that a manifest has a file under the partition of its keys: elsewhere they would be looked for in vain. Costs
     * nothing, and needs no file: that its least and greatest key are what the manifest says is for {@link #check}.
     *
     * @throws CorruptDataException if it has not
     */
    public static void checkPartition(Manifest manifest, FileEntry file) {
        for (String key : List.of(file.leastKey(), file.greatestKey())) {
            int belongs = partition(manifest, file, key);
            if (belongs != file.partition()) {
                throw new CorruptDataException(
                        Layout.file(manifest.version(), file.name()),
                        "key " + key,
                        "keys of partition " + file.partition(),
                        "one of " + belongs);
            }
        }
    }

    private static int partition(Manifest manifest, FileEntry file, String key) {
        try {
            return manifest.partitioner().partition(HexFormat.of().parseHex(key));
        } catch (IllegalArgumentException e) {
            throw new CorruptDataException(
                    Layout.file(manifest.version(), file.name()), "key range", "keys in hex", key);
        }
    }

    private static void requireFile(Path file, FileEntry expected) {
        try {
            if (Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                return;
            }
        } catch (NoSuchFileException e) {
            // Said below.
        } catch (IOException e) {
            throw new UnavailableException("The file " + file + " cannot be read: " + e + ". Look at the disk.", e);
        }
        throw new CorruptDataException(expected.name(), "whole file", expected.bytes() + " bytes", "no file");
    }

    /** The error of a file in which RocksDB found damage; its message says where, and which checksum it expected. */
    static CorruptDataException damaged(String file, RocksDBException e) {
        String message = String.valueOf(e.getMessage());
        int place = message.indexOf(" offset ");
        String offset = place < 0 ? "a block" : "offset " + message.substring(place + " offset ".length());
        return new CorruptDataException(file, offset, message, e);
    }

    private static void checkRange(SstFileReader reader, FileEntry expected) throws RocksDBException {
        try (ReadOptions options = new ReadOptions();
                SstFileReaderIterator records = reader.newIterator(options)) {
            records.seekToFirst();
            compare(expected, "least key", expected.leastKey(), key(records));
            records.seekToLast();
            compare(expected, "greatest key", expected.greatestKey(), key(records));
            records.status();
        }
    }

    private static String key(SstFileReaderIterator records) {
        return records.isValid() ? HexFormat.of().formatHex(records.key()) : "none";
    }

    private static void compare(FileEntry file, String place, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new CorruptDataException(file.name(), place, expected, found);
        }
    }
}
