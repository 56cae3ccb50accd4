package io.slipway.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Writes sorted lines of a key of 15 bytes and a value into an SST file with the options of Slipway's, and does nothing
 * else: no digest, no hash, no reading back. It is the peers' writer, and the build of the Spark programs compiles it too,
 * so it uses nothing but RocksDB. Used by one thread.
 */
public final class BareSst implements AutoCloseable {

    private static final int KEY_BYTES = 15;
    private static final int LENGTH_BITS = 7;

    private final EnvOptions envOptions = new EnvOptions();
    private final Options options = new Options()
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setTableFormatConfig(new BlockBasedTableConfig()
                    .setFormatVersion(5)
                    .setBlockSize(4096)
                    .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                    .setFilterPolicy(new BloomFilter(10))
                    .setNoBlockCache(true));
    private final SstFileWriter writer = new SstFileWriter(envOptions, options);
    private final Path file;
    private boolean opened;

    /** A writer of a file, which is made when there is a record. */
    public BareSst(Path file) {
        this.file = file;
    }

    /** Puts a record, whose value becomes the Avro binary of a record of one text. */
    public void put(byte[] line) throws RocksDBException {
        put(Arrays.copyOf(line, KEY_BYTES), value(line));
    }

    /** Puts a record that is encoded already. */
    void put(byte[] key, byte[] value) throws RocksDBException {
        if (!opened) {
            writer.open(file.toString());
            opened = true;
        }
        writer.put(key, value);
    }

    /** Completes the file. */
    public void finish() throws RocksDBException {
        if (opened) {
            writer.finish();
        }
    }

    @Override
    public void close() {
        writer.close();
        options.close();
        envOptions.close();
    }

    /** The length of the rest, as Avro writes it, and the rest. */
    static byte[] value(byte[] line) {
        int length = line.length - KEY_BYTES;
        int zigzag = length << 1;
        int lengthBytes = zigzag < 1 << LENGTH_BITS ? 1 : 2;
        byte[] value = new byte[lengthBytes + length];
        value[0] = (byte) (lengthBytes == 1 ? zigzag : zigzag | 1 << LENGTH_BITS);
        if (lengthBytes == 2) {
            value[1] = (byte) (zigzag >>> LENGTH_BITS);
        }
        System.arraycopy(line, KEY_BYTES, value, lengthBytes, length);
        return value;
    }
}
