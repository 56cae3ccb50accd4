package io.slipway.serving.store;

import io.slipway.sst.SstFormat;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.concurrent.atomic.LongAdder;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.HistogramType;
import org.rocksdb.HyperClockCache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.TickerType;

/**
 * What all versions on a node share of RocksDB: the block cache, which bounds their memory together, and the options.
 * Thread-safe.
 */
public final class StoreEngine implements AutoCloseable {

    static {
        RocksDB.loadLibrary();
    }

    private static final int CACHE_SHARD_BITS = 4;
    /** Nothing is ever written through a memtable, so it is as small as can be. */
    private static final long MEMTABLE_BYTES = 64 << 10;

    private final Cache blockCache;
    private final long blockCacheBytes;
    private final Statistics statistics;
    private final LongAdder openDatabases = new LongAdder();
    private final DBOptions databaseOptions;
    private final ColumnFamilyOptions partitionOptions;

    /**
     * An engine.
     *
     * @param blockCacheBytes the size of the block cache, which also holds indexes and filters
     */
    public StoreEngine(long blockCacheBytes) {
        this.blockCacheBytes = blockCacheBytes;
        statistics = new Statistics(EnumSet.allOf(HistogramType.class));
        statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
        // It finds by itself how large blocks are. With two threads a third faster than an LRU cache, which has locks.
        blockCache = new HyperClockCache(blockCacheBytes, 0, CACHE_SHARD_BITS, false);
        databaseOptions = new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxOpenFiles(-1)
                .setMaxFileOpeningThreads(2)
                .setSkipStatsUpdateOnDbOpen(true)
                .setAvoidFlushDuringShutdown(true)
                .setStatistics(statistics)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setKeepLogFileNum(1)
                .setInfoLogLevel(InfoLogLevel.FATAL_LEVEL);
        partitionOptions = new ColumnFamilyOptions()
                .setTableFormatConfig(SstFormat.tableConfig(blockCache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setCacheIndexAndFilterBlocksWithHighPriority(true))
                .setWriteBufferSize(MEMTABLE_BYTES)
                .setDisableAutoCompactions(true);
    }

    DBOptions databaseOptions() {
        return databaseOptions;
    }

    /** The column family of a partition. */
    ColumnFamilyDescriptor partition(int partition) {
        return new ColumnFamilyDescriptor(
                String.format("partition-%05d", partition).getBytes(StandardCharsets.US_ASCII), partitionOptions);
    }

    /** The column family that every database has, and that stays empty. */
    ColumnFamilyDescriptor unused() {
        return new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, partitionOptions);
    }

    /** Notes that a database was opened. */
    void opened() {
        openDatabases.increment();
    }

    /** Notes that a database was closed. */
    void closed() {
        openDatabases.decrement();
    }

    /** How many databases are open. */
    public long openDatabases() {
        return openDatabases.sum();
    }

    /** How many bytes the block cache may hold. */
    public long blockCacheBytes() {
        return blockCacheBytes;
    }

    /** How many bytes of blocks are cached. */
    public long blockCacheUsedBytes() {
        return blockCache.getUsage();
    }

    /** How many of these bytes are in use at the moment, and cannot be freed. */
    public long blockCachePinnedBytes() {
        return blockCache.getPinnedUsage();
    }

    /** How often a block was found in the cache. */
    public long blockCacheHits() {
        return statistics.getTickerCount(TickerType.BLOCK_CACHE_HIT);
    }

    /** How often a block was not found in the cache. */
    public long blockCacheMisses() {
        return statistics.getTickerCount(TickerType.BLOCK_CACHE_MISS);
    }

    /** Frees the options; databases that are still open keep what they need. */
    @Override
    public void close() {
        partitionOptions.close();
        databaseOptions.close();
        statistics.close();
        blockCache.close();
    }
}
