package io.slipway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;
import org.rocksdb.WriteOptions;

/**
 * Puts the records of all SST files of a folder into a RocksDB database with default options, compacts it, and prints the
 * bytes of keys and values, of the folder's SST files, and of the database's. Usage: {@code DefaultDatabase FOLDER
 * DATABASE}.
 */
public final class DefaultDatabase {

    private DefaultDatabase() {}

    /** Writes the database. */
    public static void main(String[] args) throws IOException, RocksDBException {
        Path database = Path.of(args[1]);
        long bytes = 0;
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB db = RocksDB.open(options, args[1]);
                WriteOptions writing = new WriteOptions().setDisableWAL(true);
                FlushOptions flush = new FlushOptions()) {
            for (Path table : tables(Path.of(args[0]))) {
                bytes += copy(table, db, writing);
            }
            db.flush(flush);
            db.compactRange();
        }
        System.out.println(bytes + " " + size(Path.of(args[0])) + " " + size(database));
    }

    private static long copy(Path table, RocksDB db, WriteOptions writing) throws RocksDBException {
        long bytes = 0;
        try (Options options = new Options();
                SstFileReader reader = new SstFileReader(options);
                ReadOptions reading = new ReadOptions()) {
            reader.open(table.toString());
            try (SstFileReaderIterator records = reader.newIterator(reading)) {
                for (records.seekToFirst(); records.isValid(); records.next()) {
                    byte[] key = records.key();
                    byte[] value = records.value();
                    db.put(writing, key, value);
                    bytes += key.length + value.length;
                }
                records.status();
            }
        }
        return bytes;
    }

    private static long size(Path folder) throws IOException {
        long bytes = 0;
        for (Path table : tables(folder)) {
            bytes += Files.size(table);
        }
        return bytes;
    }

    private static List<Path> tables(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
    }
}
