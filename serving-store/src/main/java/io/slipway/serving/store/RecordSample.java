package io.slipway.serving.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Visits a sample of a database's records: the same for the same files, in the order of partitions and keys, each record
 * at most once. Nothing of it stays in the block cache. Stateless but for the database.
 *
 * <p>A database whose files are small is read through, and every <i>n</i>-th record taken. Of a larger one only the sample
 * is read: runs of neighbouring records, which cost one block each, at places spread evenly over the bytes of the files.
 * So a share that is measured on it is that of the whole, give or take more than by single records where what is counted
 * comes in clusters of neighbouring keys.
 */
final class RecordSample {

    /** What is read through: half a second of reading, and 16,000 blocks, more than any sample has runs. */
    static final long SMALL_BYTES = 64 << 20;

    private static final int RECORDS_A_RUN = 10;

    private final RocksDB database;
    private final List<Part> parts;
    private final long records;
    private final long smallBytes;

    /** One partition: its column family, and how many records it has. */
    record Part(ColumnFamilyHandle family, long records) {}

    /**
     * Samples of a database.
     *
     * @param parts the partitions that have records
     * @param smallBytes the size of files that are read through
     */
    RecordSample(RocksDB database, List<Part> parts, long smallBytes) {
        this.database = database;
        this.parts = parts;
        this.records = parts.stream().mapToLong(Part::records).sum();
        this.smallBytes = smallBytes;
    }

    /** Visits at most so many records, or all if there are no more; what the visitor throws is passed on. */
    void visit(int most, BiConsumer<byte[], byte[]> visitor) throws RocksDBException {
        if (records <= most || bytes() <= smallBytes) {
            readThrough(most, visitor);
        } else {
            readRuns(most, visitor);
        }
    }

    private long bytes() throws RocksDBException {
        long bytes = 0;
        for (Part part : parts) {
            bytes += database.getLongProperty(part.family(), "rocksdb.total-sst-files-size");
        }
        return bytes;
    }

    private void readThrough(int most, BiConsumer<byte[], byte[]> visitor) throws RocksDBException {
        long wanted = Math.min(most, records);
        long seen = 0;
        for (Part part : parts) {
            try (ReadOptions options = new ReadOptions().setFillCache(false);
                    RocksIterator iterator = database.newIterator(part.family(), options)) {
                for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                    boolean isTaken = wanted * seen / records < wanted * (seen + 1) / records;
                    seen++;
                    if (isTaken) {
                        visitor.accept(iterator.key(), iterator.value());
                    }
                }
                iterator.status();
            }
        }
    }

    private void readRuns(int most, BiConsumer<byte[], byte[]> visitor) throws RocksDBException {
        long runs = Math.max(1, most / RECORDS_A_RUN);
        long before = 0;
        long run = 0;
        for (Part part : parts) {
            List<Double> fractions = new ArrayList<>();
            for (; run < runs && place(run, runs) < before + part.records(); run++) {
                fractions.add((place(run, runs) - before) / part.records());
            }
            before += part.records();
            if (!fractions.isEmpty()) {
                readRuns(part.family(), fractions, visitor);
            }
        }
    }

    /** Where a run is, in records of the whole version. */
    private double place(long run, long runs) {
        return (run + 0.5) / runs * records;
    }

    private void readRuns(ColumnFamilyHandle family, List<Double> fractions, BiConsumer<byte[], byte[]> visitor)
            throws RocksDBException {
        try (ReadOptions options = new ReadOptions().setFillCache(false);
                RocksIterator iterator = database.newIterator(family, options)) {
            iterator.seekToFirst();
            iterator.status();
            byte[] first = iterator.key();
            iterator.seekToLast();
            iterator.status();
            KeyPlaces places = new KeyPlaces(database, family, first, iterator.key());
            SortedMap<byte[], Integer> starts = new TreeMap<>(Arrays::compareUnsigned);
            for (double fraction : fractions) {
                starts.merge(places.at(fraction), RECORDS_A_RUN, Integer::sum);
            }
            readRuns(iterator, starts, visitor);
        }
    }

    /** Reads runs that end where the next begins; what is left of one is added to the next. */
    private static void readRuns(
            RocksIterator iterator, SortedMap<byte[], Integer> starts, BiConsumer<byte[], byte[]> visitor)
            throws RocksDBException {
        long left = 0;
        List<Map.Entry<byte[], Integer>> runs = List.copyOf(starts.entrySet());
        for (int i = 0; i < runs.size(); i++) {
            left += runs.get(i).getValue();
            for (iterator.seek(runs.get(i).getKey()); left > 0 && iterator.isValid(); iterator.next()) {
                byte[] key = iterator.key();
                boolean isOfNext = i + 1 < runs.size()
                        && Arrays.compareUnsigned(key, runs.get(i + 1).getKey()) >= 0;
                if (isOfNext) {
                    break;
                }
                visitor.accept(key, iterator.value());
                left--;
            }
            iterator.status(); // The next seek forgets it.
        }
    }
}
