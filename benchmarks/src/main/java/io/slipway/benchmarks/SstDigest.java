package io.slipway.benchmarks;

import io.slipway.model.digest.DigestBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/** Prints the number of records in all SST files of a folder, and their digest. Usage: {@code SstDigest FOLDER}. */
public final class SstDigest {

    private SstDigest() {}

    /** Reads the files. */
    public static void main(String[] args) throws IOException, RocksDBException {
        DigestBuilder digest = new DigestBuilder();
        try (Stream<Path> files = Files.list(Path.of(args[0]))) {
            List<Path> tables =
                    files.filter(file -> file.toString().endsWith(".sst")).toList();
            for (Path table : tables) {
                add(table, digest);
            }
        }
        System.out.println(digest.digest().records() + " " + digest.digest().hex());
    }

    private static void add(Path table, DigestBuilder digest) throws RocksDBException {
        try (Options options = new Options();
                SstFileReader reader = new SstFileReader(options);
                ReadOptions reading = new ReadOptions()) {
            reader.open(table.toString());
            try (SstFileReaderIterator records = reader.newIterator(reading)) {
                for (records.seekToFirst(); records.isValid(); records.next()) {
                    digest.add(records.key(), records.value());
                }
                records.status();
            }
        }
    }
}
