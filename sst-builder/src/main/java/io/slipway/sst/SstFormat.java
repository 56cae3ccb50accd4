package io.slipway.sst;

import io.slipway.model.publish.Compression;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.Options;

/**
 * How our SST files are laid out: RocksDB's block-based table, format version 5 (which {@code sst_dump} of RocksDB 6.6
 * and later reads), blocks of 4 KiB with a hash index for point lookups, a Bloom filter of 10 bits per
 * key, compressed as the dataset says. Stateless.
 */
public final class SstFormat {

    private static final int FORMAT_VERSION = 5;
    private static final int BLOCK_BYTES = 4096;
    private static final int BLOOM_BITS_PER_KEY = 10;

    private SstFormat() {}

    /** The table's layout for reading, with a block cache. */
    public static BlockBasedTableConfig tableConfig(Cache cache) {
        return layout().setBlockCache(cache);
    }

    /** Options for reading single files, without a block cache. To be closed. */
    static Options fileOptions() {
        return new Options().setTableFormatConfig(layout().setNoBlockCache(true));
    }

    /** Options for writing a file. To be closed. */
    static Options writeOptions(Compression compression) {
        return fileOptions()
                .setCompressionType(
                        switch (compression) {
                            case NONE -> CompressionType.NO_COMPRESSION;
                            case LZ4 -> CompressionType.LZ4_COMPRESSION;
                            case ZSTD -> CompressionType.ZSTD_COMPRESSION;
                        });
    }

    /** Options for reading all of single files: without a block cache, and without filters in memory. To be closed. */
    static Options scanOptions() {
        return new Options()
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setFilterPolicy(null).setNoBlockCache(true));
    }

    private static BlockBasedTableConfig layout() {
        return new BlockBasedTableConfig()
                .setFormatVersion(FORMAT_VERSION)
                .setBlockSize(BLOCK_BYTES)
                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                .setFilterPolicy(new BloomFilter(BLOOM_BITS_PER_KEY));
    }
}
