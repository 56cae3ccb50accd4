package io.slipway.serving.store;

import io.slipway.model.CorruptDataException;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.key.KeyRange;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.repository.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.TableProperties;

/**
 * The database of one version, open read-only: a column family for each partition that has records. Lookups are
 * thread-safe; {@link #close} must come after the last.
 */
public final class VersionDatabase implements AutoCloseable {

    private static final long READ_AHEAD_BYTES = 2 << 20;

    private final StoreEngine engine;
    private final Path folder;
    private final VersionContent content;
    private final RocksDB database;
    private final ReadOptions lookupOptions = new ReadOptions();
    private final ReadOptions passingOptions = new ReadOptions().setFillCache(false);
    private final ReadOptions cachedOptions = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
    private final ColumnFamilyHandle unused;
    /** By partition; null for one without records, which has no column family. */
    private final ColumnFamilyHandle[] partitions;

    private VersionDatabase(
            StoreEngine engine,
            Path folder,
            VersionContent content,
            RocksDB database,
            List<ColumnFamilyHandle> handles,
            int[] families) {
        this.engine = engine;
        this.folder = folder;
        engine.opened();
        this.content = content;
        this.database = database;
        unused = handles.get(0);
        partitions = new ColumnFamilyHandle[families.length];
        for (int i = 0; i < families.length; i++) {
            partitions[i] = families[i] == 0 ? null : handles.get(families[i]);
        }
    }

    /**
     * Opens a database and checks that each partition has as many entries as it should.
     *
     * @param content what it is to hold
     * @throws CorruptDataException if it cannot be opened, or the counts disagree
     */
    public static VersionDatabase open(StoreEngine engine, Path folder, VersionContent content) {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(engine.unused());
        int[] families = new int[content.partitions().size()];
        for (int partition = 0; partition < families.length; partition++) {
            if (content.partitions().get(partition).entries() > 0) {
                families[partition] = descriptors.size();
                descriptors.add(engine.partition(partition));
            }
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        VersionDatabase opened;
        try {
            RocksDB database = RocksDB.openReadOnly(engine.databaseOptions(), folder.toString(), descriptors, handles);
            opened = new VersionDatabase(engine, folder, content, database, handles, families);
        } catch (RocksDBException e) {
            throw damaged(folder, e);
        }
        return opened.checked();
    }

    private VersionDatabase checked() {
        boolean good = false;
        try {
            for (int partition = 0; partition < partitions.length; partition++) {
                checkCount(partition);
            }
            good = true;
            return this;
        } catch (RocksDBException e) {
            throw damaged(folder, e);
        } finally {
            if (!good) {
                close();
            }
        }
    }

    private void checkCount(int partition) throws RocksDBException {
        long entries = 0;
        ColumnFamilyHandle family = partitions[partition];
        if (family != null) {
            for (TableProperties table :
                    database.getPropertiesOfAllTables(family).values()) {
                entries += table.getNumEntries();
            }
        }
        long expected = content.partitions().get(partition).entries();
        if (entries != expected) {
            throw new CorruptDataException(folder.toString(), "records of partition " + partition, expected, entries);
        }
    }

    /**
     * Reads all records and compares digest and count of each partition with what it should hold.
     *
     * @param cancelled asked now and then whether to stop
     * @throws CorruptDataException if they disagree, or a record is in a partition that is not its own
     * @throws java.util.concurrent.CancellationException if it was cancelled
     */
    public void verifyRecords(Manifest manifest, BooleanSupplier cancelled) {
        Partitioner partitioner = manifest.partitioner();
        for (int partition = 0; partition < partitions.length; partition++) {
            Digest expected = content.partitions().get(partition).digest();
            Digest found = digest(partition, partitioner, cancelled);
            if (!found.equals(expected)) {
                throw new CorruptDataException(
                        Layout.folder(manifest.version()), "digest of partition " + partition, expected, found);
            }
        }
    }

    private Digest digest(int partition, Partitioner partitioner, BooleanSupplier cancelled) {
        DigestBuilder digest = new DigestBuilder();
        ColumnFamilyHandle family = partitions[partition];
        if (family == null) {
            return digest.digest();
        }
        try (ReadOptions options = new ReadOptions().setFillCache(false).setReadaheadSize(READ_AHEAD_BYTES);
                RocksIterator records = database.newIterator(family, options)) {
            long seen = 0;
            for (records.seekToFirst(); records.isValid(); records.next()) {
                byte[] key = records.key();
                int belongs = partitioner.partition(key);
                if (belongs != partition) {
                    throw new CorruptDataException(
                            folder.toString(), "a key of partition " + partition, partition, belongs);
                }
                digest.add(key, records.value());
                if ((++seen & 0xffff) == 0 && cancelled.getAsBoolean()) {
                    throw new java.util.concurrent.CancellationException();
                }
            }
            records.status();
            return digest.digest();
        } catch (RocksDBException e) {
            throw damaged(folder, e);
        }
    }

    /** What it holds. */
    VersionContent content() {
        return content;
    }

    /**
     * Makes another database of the same files, which are linked, not copied; durable on return.
     *
     * @param copy where; must not exist
     */
    void checkpoint(Path copy) throws RocksDBException {
        try (Checkpoint checkpoint = Checkpoint.create(database)) {
            checkpoint.createCheckpoint(copy.toString());
        }
    }

    /** The value of a key, if there is one. */
    Optional<byte[]> get(int partition, byte[] key) throws RocksDBException {
        ColumnFamilyHandle family = partitions[partition];
        return family == null ? Optional.empty() : Optional.ofNullable(database.get(family, lookupOptions, key));
    }

    /** The value of a key, if there is one, read without taking room in the block cache. */
    Optional<byte[]> getInPassing(int partition, byte[] key) throws RocksDBException {
        ColumnFamilyHandle family = partitions[partition];
        return family == null ? Optional.empty() : Optional.ofNullable(database.get(family, passingOptions, key));
    }

    /** Visits a sample of at most so many records, in the order of partitions and keys. */
    void sample(int most, BiConsumer<byte[], byte[]> visitor) throws RocksDBException {
        sample(most, RecordSample.SMALL_BYTES, visitor);
    }

    /** As above, with another size of files that are read through. */
    void sample(int most, long smallBytes, BiConsumer<byte[], byte[]> visitor) throws RocksDBException {
        List<RecordSample.Part> parts = new ArrayList<>();
        for (int partition = 0; partition < partitions.length; partition++) {
            long records = content.partitions().get(partition).digest().records();
            if (records > 0) {
                parts.add(new RecordSample.Part(partitions[partition], records));
            }
        }
        new RecordSample(database, parts, smallBytes).visit(most, visitor);
    }

    /** The folder that it is in. */
    Path folder() {
        return folder;
    }

    /** As {@link OpenVersion#get}. */
    int get(int partition, byte[] key, int offset, int length, byte[] value) throws RocksDBException {
        ColumnFamilyHandle family = partitions[partition];
        return family == null
                ? OpenVersion.NOT_FOUND
                : database.get(family, lookupOptions, key, offset, length, value, 0, value.length);
    }

    /** As {@link OpenVersion#getCached}. */
    int getCached(int partition, byte[] key, int offset, int length, byte[] value) throws RocksDBException {
        ColumnFamilyHandle family = partitions[partition];
        if (family == null) {
            return OpenVersion.NOT_FOUND;
        }
        try {
            return database.get(family, cachedOptions, key, offset, length, value, 0, value.length);
        } catch (RocksDBException e) {
            if (e.getStatus() != null && e.getStatus().getCode() == Status.Code.Incomplete) {
                return OpenVersion.NOT_CACHED;
            }
            throw e;
        }
    }

    /** How many bytes RocksDB has in memory for its files, besides the block cache. */
    long tableReadersBytes() throws RocksDBException {
        return database.getAggregatedLongProperty("rocksdb.estimate-table-readers-mem");
    }

    /** Reads indexes and filters. */
    void touchPartitions() throws RocksDBException {
        byte[] nothing = new byte[0];
        for (int partition = 0; partition < partitions.length; partition++) {
            get(partition, nothing, 0, 0, nothing);
        }
    }

    /** The records of a range, of one partition or of all. */
    RecordScan scan(OptionalInt partition, KeyRange range, Function<RocksDBException, CorruptDataException> damage) {
        List<ColumnFamilyHandle> families = new ArrayList<>();
        for (int i = 0; i < partitions.length; i++) {
            if (partitions[i] != null && (partition.isEmpty() || partition.getAsInt() == i)) {
                families.add(partitions[i]);
            }
        }
        return RecordScan.open(database, families, range, damage);
    }

    /** Closes it. */
    @Override
    public void close() {
        unused.close();
        for (ColumnFamilyHandle family : partitions) {
            if (family != null) {
                family.close();
            }
        }
        database.close();
        lookupOptions.close();
        passingOptions.close();
        cachedOptions.close();
        engine.closed();
    }

    private static CorruptDataException damaged(Path folder, RocksDBException e) {
        return new CorruptDataException(folder.toString(), "database", String.valueOf(e.getMessage()), e);
    }
}
