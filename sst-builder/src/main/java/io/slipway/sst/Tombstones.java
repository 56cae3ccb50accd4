package io.slipway.sst;

import io.slipway.model.UnavailableException;
import io.slipway.model.publish.Compression;
import java.nio.file.Path;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Makes RocksDB's own deletes of a delta's file of deleted keys. They are not stored like that, because deletes of an SST
 * file cannot be read back from Java, and so not be verified. Stateless.
 */
public final class Tombstones {

    private Tombstones() {}

    /**
     * Writes an SST file that deletes keys when it is ingested.
     *
     * @param deletes a file of deleted keys, at least one
     * @param target the file that is written
     * @throws io.slipway.model.CorruptDataException if the file of keys is damaged
     * @throws UnavailableException if the other cannot be written
     */
    public static void write(Path deletes, Path target) {
        try (EnvOptions envOptions = new EnvOptions();
                Options options = SstFormat.writeOptions(Compression.NONE);
                SstFileWriter sst = new SstFileWriter(envOptions, options)) {
            sst.open(target.toString());
            SstRecords.forEach(deletes, (key, value) -> delete(sst, key, target));
            sst.finish();
        } catch (RocksDBException e) {
            throw unavailable(target, e);
        }
    }

    private static void delete(SstFileWriter sst, byte[] key, Path target) {
        try {
            sst.delete(key);
        } catch (RocksDBException e) {
            throw unavailable(target, e);
        }
    }

    private static UnavailableException unavailable(Path target, RocksDBException e) {
        return new UnavailableException(
                "The file " + target + " cannot be written: " + e.getMessage()
                        + ". It is tried again; free some space or look at the disk.",
                e);
    }
}
