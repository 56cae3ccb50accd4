package io.slipway.sst;

import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/**
 * Looks single keys up in a committed version where it lies in its repository, without a node: for people and for
 * tools, not for serving. In a delta, what it does not change is looked up in its base. Thread-safe.
 */
public final class BundleReader {

    private final Repository repository;
    private final Manifest manifest;

    /** A reader of a version. */
    public BundleReader(Repository repository, Manifest manifest) {
        this.repository = repository;
        this.manifest = manifest;
    }

    /**
     * The value of a key, if the version has it.
     *
     * @param key the encoded key
     * @throws io.slipway.model.CorruptDataException if a file that may hold the key is damaged, or a base is not what
     *     the delta says
     * @throws UnavailableException if the repository is not a local folder
     */
    public Optional<byte[]> get(byte[] key) {
        String hex = HexFormat.of().formatHex(key);
        int partition = manifest.partitioner().partition(key);
        for (Manifest version : DeltaChain.of(repository, manifest).manifests()) {
            for (FileEntry file : version.filesOf(partition)) {
                Optional<byte[]> value = mayHold(file, hex) ? find(version, file, key) : Optional.empty();
                if (value.isPresent()) {
                    return file.isDeletes() ? Optional.empty() : value;
                }
            }
        }
        return Optional.empty();
    }

    /** Hex digits of whole bytes compare as the bytes do. */
    private static boolean mayHold(FileEntry file, String hex) {
        return file.leastKey().compareTo(hex) <= 0 && hex.compareTo(file.greatestKey()) <= 0;
    }

    private Optional<byte[]> find(Manifest version, FileEntry file, byte[] key) {
        String path = Layout.file(version.version(), file.name());
        Path local = repository
                .storage()
                .localFile(path)
                .orElseThrow(() -> new UnavailableException("The files of "
                        + repository.storage().location() + " are not local. Ask a node: use --server."));
        try (Options options = SstFormat.fileOptions();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(local.toString());
            try (ReadOptions readOptions = new ReadOptions();
                    SstFileReaderIterator records = reader.newIterator(readOptions)) {
                records.seek(key);
                records.status();
                return records.isValid() && Arrays.equals(records.key(), key)
                        ? Optional.of(records.value())
                        : Optional.empty();
            }
        } catch (RocksDBException e) {
            throw SstCheck.damaged(path, e);
        }
    }
}
