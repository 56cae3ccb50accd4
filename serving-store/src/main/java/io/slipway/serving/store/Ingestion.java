package io.slipway.serving.store;

import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.FileEntry;
import io.slipway.sst.Tombstones;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Moves the files of a version into a database: a new one, or of a delta one with the files of its base. Stateless. */
public final class Ingestion {

    private Ingestion() {}

    /**
     * Makes the database of a full version. RocksDB syncs the files, the folder and its own records of them; it does not verify them.
     *
     * @param folder where; must not exist
     * @param files its files, which are used up
     * @throws CorruptDataException if RocksDB refuses a file
     * @throws UnavailableException if the database cannot be written
     */
    public static void ingest(StoreEngine engine, Path folder, LocalFiles files) {
        SortedMap<Integer, List<String>> partitions = new TreeMap<>();
        for (FileEntry file : files.entries()) {
            partitions
                    .computeIfAbsent(file.partition(), none -> new ArrayList<>())
                    .add(files.path(file).toString());
        }
        // Each partition is empty and its files do not overlap, so they need no sequence number of their own, and one
        // that would need it is not what the manifest says.
        try (IngestExternalFileOptions options = options().setAllowGlobalSeqNo(false)) {
            ingest(engine, folder, new TreeSet<>(partitions.keySet()), (database, handles) -> {
                for (Map.Entry<Integer, List<String>> partition : partitions.entrySet()) {
                    database.ingestExternalFile(handles.get(partition.getKey()), partition.getValue(), options);
                }
            });
        }
    }

    /**
     * Adds the changes of a delta to a database of its base: what they replace stays in files below, and is not found any
     * more. Durable on return, as the other.
     *
     * @param folder where the database of the base is
     * @param base what it holds
     * @param files the delta's files, which are used up
     * @throws CorruptDataException if RocksDB refuses a file
     * @throws UnavailableException if the database cannot be written
     */
    public static void ingestDelta(StoreEngine engine, Path folder, VersionContent base, LocalFiles files) {
        SortedSet<Integer> partitions = new TreeSet<>();
        for (int partition = 0; partition < base.partitions().size(); partition++) {
            if (base.partitions().get(partition).entries() > 0) {
                partitions.add(partition);
            }
        }
        files.entries().forEach(file -> partitions.add(file.partition()));
        try (IngestExternalFileOptions options = options()) {
            ingest(engine, folder, partitions, (database, handles) -> {
                for (FileEntry file : files.entries()) {
                    database.ingestExternalFile(
                            handles.get(file.partition()),
                            List.of(changes(file, files).toString()),
                            options);
                }
            });
        }
    }

    private static Path changes(FileEntry file, LocalFiles files) {
        Path stored = files.path(file);
        if (!file.isDeletes()) {
            return stored;
        }
        Path tombstones = files.folder().resolve(file.name() + ".tombstones");
        Tombstones.write(stored, tombstones);
        return tombstones;
    }

    private static void ingest(StoreEngine engine, Path folder, SortedSet<Integer> partitions, Step step) {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        families.add(engine.unused());
        partitions.forEach(partition -> families.add(engine.partition(partition)));
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (RocksDB database = RocksDB.open(engine.databaseOptions(), folder.toString(), families, handles)) {
            Map<Integer, ColumnFamilyHandle> byPartition = new HashMap<>();
            int next = 1;
            for (int partition : partitions) {
                byPartition.put(partition, handles.get(next++));
            }
            step.ingest(database, byPartition);
            handles.forEach(ColumnFamilyHandle::close);
        } catch (RocksDBException e) {
            throw failure(folder, e);
        }
    }

    private static IngestExternalFileOptions options() {
        return new IngestExternalFileOptions().setMoveFiles(true);
    }

    /** What is done with an open database. */
    @FunctionalInterface
    private interface Step {
        void ingest(RocksDB database, Map<Integer, ColumnFamilyHandle> partitions) throws RocksDBException;
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
