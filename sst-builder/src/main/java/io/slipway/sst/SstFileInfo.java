package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;
import org.rocksdb.TableProperties;

/**
 * What an SST file says of itself, without reading all of it.
 *
 * @param records how many entries it has
 * @param deletes how many of them are deletes
 * @param keyBytes the size of all keys
 * @param valueBytes the size of all values
 * @param blocks how many data blocks it has
 * @param dataBytes the size of the data blocks in the file
 * @param indexBytes the size of the index
 * @param filterBytes the size of the filter
 * @param compression how the blocks are compressed
 * @param formatVersion RocksDB's version of the format
 * @param range the least and the greatest key, encoded
 * @param first the first records, values by keys, encoded
 */
public record SstFileInfo(
        long records,
        long deletes,
        long keyBytes,
        long valueBytes,
        long blocks,
        long dataBytes,
        long indexBytes,
        long filterBytes,
        String compression,
        long formatVersion,
        List<byte[]> range,
        List<Map.Entry<byte[], byte[]>> first) {

    /** Takes copies of the lists. */
    public SstFileInfo {
        range = List.copyOf(range);
        first = List.copyOf(first);
    }

    /**
     * Looks into a file.
     *
     * @param most how many of the first records are wanted
     * @throws CorruptDataException if what is read of it is damaged
     */
    public static SstFileInfo read(Path file, int most) {
        try (Options options = SstFormat.scanOptions();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(file.toString());
            try (ReadOptions readOptions = new ReadOptions();
                    SstFileReaderIterator records = reader.newIterator(readOptions)) {
                return of(reader.getTableProperties(), range(records), first(records, most));
            }
        } catch (RocksDBException e) {
            throw SstCheck.damaged(file.toString(), e);
        }
    }

    private static SstFileInfo of(
            TableProperties properties, List<byte[]> range, List<Map.Entry<byte[], byte[]>> first) {
        return new SstFileInfo(
                properties.getNumEntries(),
                properties.getNumDeletions(),
                properties.getRawKeySize(),
                properties.getRawValueSize(),
                properties.getNumDataBlocks(),
                properties.getDataSize(),
                properties.getIndexSize(),
                properties.getFilterSize(),
                properties.getCompressionName(),
                properties.getFormatVersion(),
                range,
                first);
    }

    private static List<byte[]> range(SstFileReaderIterator records) throws RocksDBException {
        List<byte[]> range = new ArrayList<>();
        records.seekToFirst();
        if (records.isValid()) {
            range.add(records.key());
        }
        records.seekToLast();
        if (records.isValid()) {
            range.add(records.key());
        }
        records.status();
        return range;
    }

    private static List<Map.Entry<byte[], byte[]>> first(SstFileReaderIterator records, int most)
            throws RocksDBException {
        List<Map.Entry<byte[], byte[]>> first = new ArrayList<>();
        records.seekToFirst();
        while (first.size() < most && records.isValid()) {
            first.add(Map.entry(records.key(), records.value()));
            records.next();
        }
        records.status();
        return first;
    }
}
