package io.slipway.serving.store;

import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Makes a database of the files of a bundle, which are moved into it. Stateless. */
public final class Ingestion {

    private Ingestion() {}

    /**
     * Makes the database. RocksDB syncs the files, the folder and its own records of them; it does not verify them.
     *
     * @param folder where; must not exist
     * @param manifest which files there are
     * @param files the folder that they are in
     * @throws CorruptDataException if RocksDB refuses a file
     * @throws UnavailableException if the database cannot be written
     */
    public static void ingest(StoreEngine engine, Path folder, Manifest manifest, Path files) {
        SortedMap<Integer, List<String>> partitions = new TreeMap<>();
        for (FileEntry file : manifest.files()) {
            partitions
                    .computeIfAbsent(file.partition(), none -> new ArrayList<>())
                    .add(files.resolve(file.name()).toString());
        }
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        families.add(engine.unused());
        partitions.keySet().forEach(partition -> families.add(engine.partition(partition)));
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (RocksDB database = RocksDB.open(engine.databaseOptions(), folder.toString(), families, handles)) {
            int next = 1;
            for (List<String> paths : partitions.values()) {
                ingest(database, handles.get(next++), paths);
            }
            handles.forEach(ColumnFamilyHandle::close);
        } catch (RocksDBException e) {
            throw failure(folder, e);
        }
    }

    private static void ingest(RocksDB database, ColumnFamilyHandle partition, List<String> paths)
            throws RocksDBException {
        // The partition is empty and its files do not overlap, so they need no sequence number of their own, and one
        // that would need it is not what the manifest says.
        try (IngestExternalFileOptions options =
                new IngestExternalFileOptions().setMoveFiles(true).setAllowGlobalSeqNo(false)) {
            database.ingestExternalFile(partition, paths, options);
        }
    }

    private static RuntimeException failure(Path folder, RocksDBException e) {
        Status.Code code =
                e.getStatus() == null ? Status.Code.Undefined : e.getStatus().getCode();
        if (code == Status.Code.Corruption || code == Status.Code.InvalidArgument) {
            return new CorruptDataException(
                    folder.toString(), "ingestion", "RocksDB refused a file: " + e.getMessage(), e);
        }
        return new UnavailableException(
                "The database " + folder + " cannot be written: " + e.getMessage()
                        + ". It is tried again; look at the disk if this lasts.",
                e);
    }
}
