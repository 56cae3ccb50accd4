package io.slipway.sst;

import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/**
 * Looks single keys up in the files of a committed version, without a node: for people and for tools, not for serving. In a delta, what it does not change is looked up in its base. Thread-safe.
 */
public final class BundleReader {

    private final VersionFiles files;
    private final Manifest manifest;

    /** A reader of a version. */
    public BundleReader(VersionFiles files, Manifest manifest) {
        this.files = files;
        this.manifest = manifest;
    }

    /**
     * The value of a key, if the version has it.
     *
     * @param key the encoded key
     * @throws io.slipway.model.CorruptDataException if a file that may hold the key is damaged, or a base is not what
     *     the delta says
     * @throws io.slipway.model.UnavailableException if a file cannot be read
     */
    public Optional<byte[]> get(byte[] key) {
        String hex = HexFormat.of().formatHex(key);
        int partition = manifest.partitioner().partition(key);
        for (Manifest version : DeltaChain.of(files.repository(), manifest).manifests()) {
            for (VersionFile file : files.of(version, partition)) {
                Optional<byte[]> value = mayHold(file.entry(), hex) ? find(file, key) : Optional.empty();
                if (value.isPresent()) {
                    return file.entry().isDeletes() ? Optional.empty() : value;
                }
            }
        }
        return Optional.empty();
    }

    /** Hex digits of whole bytes compare as the bytes do. */
    private static boolean mayHold(FileEntry file, String hex) {
        return file.leastKey().compareTo(hex) <= 0 && hex.compareTo(file.greatestKey()) <= 0;
    }

    private static Optional<byte[]> find(VersionFile file, byte[] key) {
        try (LocalCopy copy = file.open();
                Options options = SstFormat.fileOptions();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(copy.path().toString());
            try (ReadOptions readOptions = new ReadOptions();
                    SstFileReaderIterator records = reader.newIterator(readOptions)) {
                records.seek(key);
                records.status();
                return records.isValid() && Arrays.equals(records.key(), key)
                        ? Optional.of(records.value())
                        : Optional.empty();
            }
        } catch (RocksDBException e) {
            throw SstCheck.damaged(file.place(), e);
        }
    }
}
