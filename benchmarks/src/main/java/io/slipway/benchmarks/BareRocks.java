package io.slipway.benchmarks;

import io.slipway.sst.SstFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.HyperClockCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * The database of a version that a node has staged, of one partition, opened a second time by RocksDB alone, with the
 * node's options and a block cache of its own. Thread-safe.
 */
final class BareRocks implements AutoCloseable {

    static {
        RocksDB.loadLibrary();
    }

    private static final int CACHE_SHARD_BITS = 4;

    private final Cache cache;
    private final DBOptions options = new DBOptions().setMaxOpenFiles(-1);
    private final ColumnFamilyOptions familyOptions;
    private final ReadOptions reading = new ReadOptions();
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final RocksDB database;

    /** Opens it; {@code folder} has it somewhere below it, and no other database. */
    BareRocks(Path folder, long blockCacheBytes) throws IOException, RocksDBException {
        cache = new HyperClockCache(blockCacheBytes, 0, CACHE_SHARD_BITS, false);
        familyOptions = new ColumnFamilyOptions()
                .setTableFormatConfig(SstFormat.tableConfig(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setCacheIndexAndFilterBlocksWithHighPriority(true));
        String path = databaseBelow(folder).toString();
        database = RocksDB.openReadOnly(options, path, descriptors(path), families);
    }

    private List<ColumnFamilyDescriptor> descriptors(String path) throws RocksDBException {
        try (Options any = new Options()) {
            List<byte[]> names = RocksDB.listColumnFamilies(any, path);
            if (names.size() != 2) {
                throw new IllegalStateException("There is not one partition in " + path + ", but "
                        + names.stream()
                                .map(name -> new String(name, StandardCharsets.US_ASCII))
                                .toList());
            }
            return names.stream()
                    .map(name -> new ColumnFamilyDescriptor(name, familyOptions))
                    .toList();
        }
    }

    private static Path databaseBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("CURRENT"))
                    .findFirst()
                    .orElseThrow()
                    .getParent();
        }
    }

    /** The value of a key that is there. */
    byte[] get(byte[] key) throws RocksDBException {
        return database.get(families.get(1), reading, key);
    }

    @Override
    public void close() {
        families.forEach(ColumnFamilyHandle::close);
        database.close();
        reading.close();
        familyOptions.close();
        options.close();
        cache.close();
    }
}
