package io.slipway.sst;

import io.slipway.model.manifest.FileEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/** Reads the records of SST files in the order of their keys, checking every block's checksum. Stateless. */
public final class SstRecords {

    private static final long READ_AHEAD_BYTES = 2 << 20;
    /** How much all files of a merge read ahead together, but for the least that makes sense. */
    private static final long MERGE_BYTES = 16 << 20;

    private static final long LEAST_READ_AHEAD_BYTES = 64 << 10;

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

    /**
     * The records of several files in the order of their keys; those of equal keys follow one another, in any order.
     *
     * @param folder where the files are
     * @param files what they are to be; compared while they are read
     * @return to be closed
     * @throws io.slipway.model.CorruptDataException if one is missing, of another size, or not an SST file
     */
    public static RecordCursor merged(Path folder, List<FileEntry> files) {
        long readAheadBytes = Math.max(LEAST_READ_AHEAD_BYTES, MERGE_BYTES / Math.max(1, files.size()));
        List<RecordCursor> cursors = new ArrayList<>();
        boolean good = false;
        try {
            for (FileEntry file : files) {
                cursors.add(new FileCursor(VersionFile.local(folder.resolve(file.name()), file), readAheadBytes));
            }
            RecordCursor merged = new MergedCursor(cursors);
            good = true;
            return merged;
        } finally {
            if (!good) {
                cursors.forEach(RecordCursor::close);
            }
        }
    }

    /** Is shown records one after the other. */
    @FunctionalInterface
    public interface Visitor {

        /** Takes a record; the arrays are the visitor's. */
        void record(byte[] key, byte[] value);
    }
}
