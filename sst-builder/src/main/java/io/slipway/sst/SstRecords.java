package io.slipway.sst;

import java.nio.file.Path;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/** Reads the records of an SST file in the order of their keys, checking every block's checksum. Stateless. */
public final class SstRecords {

    private static final long READ_AHEAD_BYTES = 2 << 20;

    private SstRecords() {}

    /**
     * Shows all records of a file.
     *
     * @param file the file
     * @param visitor is shown each record
     * @throws io.slipway.model.CorruptDataException if the file is damaged; what was shown before is not to be used
     */
    public static void forEach(Path file, Visitor visitor) {
        try (Options options = SstFormat.fileOptions();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(file.toString());
            try (ReadOptions readOptions = new ReadOptions().setReadaheadSize(READ_AHEAD_BYTES);
                    SstFileReaderIterator records = reader.newIterator(readOptions)) {
                for (records.seekToFirst(); records.isValid(); records.next()) {
                    visitor.record(records.key(), records.value());
                }
                records.status();
            }
        } catch (RocksDBException e) {
            throw SstCheck.damaged(String.valueOf(file.getFileName()), e);
        }
    }

    /** Is shown records one after the other. */
    @FunctionalInterface
    public interface Visitor {

        /** Takes a record; the arrays are the visitor's. */
        void record(byte[] key, byte[] value);
    }
}
