package io.slipway.serving.store;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.key.KeyRange;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.value.FieldSelection;
import io.slipway.model.value.ValueJson;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.avro.SchemaNormalization;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A staged version, open for lookups. Thread-safe.
 *
 * <p><b>Life.</b> A version is counted by those who hold it: whoever opened it, and each snapshot that shows it. {@link
 * #acquire} adds a holder only while there is one, so a version that is closing never comes back; {@link #release}
 * takes one away, and the last one closes the database, on the executor, because closing and deleting block. A lookup is
 * only permitted to a holder, or to a reader of a snapshot that is one, so no lookup ever meets a closed database.
 */
public final class OpenVersion {

    private static final Logger LOG = LoggerFactory.getLogger(OpenVersion.class);

    /** What {@link #get} returns if there is no such key. */
    public static final int NOT_FOUND = -1;

    /** What {@link #getCached} returns if only the disk tells. */
    public static final int NOT_CACHED = -2;

    private static final int MAX_PLANS = 100;
    private static final byte[] NOTHING = {};
    private static final RecentKeys UNUSED = new RecentKeys();

    private final VersionId id;
    private final Manifest manifest;
    private final String manifestSha256;
    private final VersionDatabase database;
    private final Partitioner partitioner;
    private final KeyCodec keys;
    private final ValueJson json;
    private final Map<String, ValueJson> plans = new ConcurrentHashMap<>();
    private final Hasher64 valueHash;
    private final Executor closer;
    private final Holders holders = new Holders();
    private final AtomicBoolean damaged = new AtomicBoolean();
    private final AtomicBoolean unreadable = new AtomicBoolean();
    private volatile RecentKeys recent = UNUSED;
    private volatile Runnable onDamage = () -> {};
    private volatile Runnable afterClose = () -> {};

    /**
     * A version with its caller as first holder.
     *
     * @param manifestSha256 the hash of the manifest that it was verified against
     * @param database its records; closed by this
     * @param closer runs what is to be done after the last holder has left
     */
    public OpenVersion(Manifest manifest, String manifestSha256, VersionDatabase database, Executor closer) {
        this.id = manifest.version();
        this.manifest = manifest;
        this.manifestSha256 = manifestSha256;
        this.database = database;
        this.partitioner = manifest.partitioner();
        this.keys = KeyCodec.of(manifest.keySchema());
        this.json = ValueJson.of(manifest.valueSchema());
        this.valueHash = Hashing.xxh3_64(SchemaNormalization.parsingFingerprint64(manifest.valueSchema()));
        this.closer = closer;
    }

    /** The version. */
    public VersionId id() {
        return id;
    }

    /** What it consists of. */
    public Manifest manifest() {
        return manifest;
    }

    /** What it holds; of a delta that is base and changes together. */
    public VersionContent content() {
        return database.content();
    }

    /** The hash of the manifest that it was verified against. */
    public String manifestSha256() {
        return manifestSha256;
    }

    /** The codec of its keys. */
    public KeyCodec keys() {
        return keys;
    }

    /** Turns its values into JSON. */
    public ValueJson json() {
        return json;
    }

    /**
     * Turns its values into JSON of some fields; the plan of a selection is compiled once.
     *
     * @param fields as {@link FieldSelection#parse} takes it
     * @throws io.slipway.model.InvalidInputException if they are not fields of the values
     */
    public ValueJson json(String fields) {
        ValueJson plan = plans.get(fields);
        if (plan == null) {
            plan = ValueJson.of(manifest.valueSchema(), FieldSelection.parse(fields));
            if (plans.size() < MAX_PLANS) {
                plans.put(fields, plan);
            }
        }
        return plan;
    }

    /** A hash of a value that differs where the bytes or the schema differ. */
    public long valueHash(byte[] value, int offset, int length) {
        return valueHash.hashBytesToLong(value, offset, length);
    }

    /**
     * Reads the value of a key.
     *
     * @param key an array with the encoded key
     * @param offset where the key begins in it
     * @param length how long the key is
     * @param value takes as much of the value as it holds
     * @return the size of the whole value, or {@link #NOT_FOUND}
     * @throws CorruptDataException if the node's copy is damaged; it has been reported then
     */
    public int get(byte[] key, int offset, int length, byte[] value) {
        recent.note(key, offset, length);
        try {
            return database.get(partitioner.partition(key, offset, length), key, offset, length, value);
        } catch (RocksDBException e) {
            throw damaged(e);
        }
    }

    /**
     * The same, from memory alone: never waits for the disk.
     *
     * @return also {@link #NOT_CACHED}, if memory does not tell
     */
    public int getCached(byte[] key, int offset, int length, byte[] value) {
        recent.note(key, offset, length);
        try {
            return database.getCached(partitioner.partition(key, offset, length), key, offset, length, value);
        } catch (RocksDBException e) {
            throw damaged(e);
        }
    }

    /**
     * The records of a range in the order of their keys. If all its keys have the same routing fields, one partition is
     * read.
     *
     * @throws CorruptDataException if the node's copy is damaged; it has been reported then
     */
    public RecordScan scan(KeyRange range) {
        return database.scan(partition(range), range, this::damaged);
    }

    private OptionalInt partition(KeyRange range) {
        int routing = partitioner.routingFields();
        byte[] from = range.from();
        try {
            return routing > 0 && range.sharesPrefix(keys.prefixLength(from, 0, from.length, routing))
                    ? OptionalInt.of(partitioner.partition(from))
                    : OptionalInt.empty();
        } catch (CorruptDataException e) {
            return OptionalInt.empty(); // The range begins before the end of a routing field.
        }
    }

    /**
     * Reads what readers will ask for first, so that a swap to this version does not start cold: indexes and filters of all
     * partitions, and the keys that were looked up last in the dataset. Damage that is found is reported.
     *
     * @param keysOfDataset gets the keys that are looked up here from now on
     */
    public void warm(RecentKeys keysOfDataset) {
        try {
            database.touchPartitions();
            for (byte[] key : keysOfDataset.list()) {
                touch(key);
            }
        } catch (RocksDBException e) {
            reportDamage(damage(e));
        }
        recent = keysOfDataset;
    }

    private void touch(byte[] key) throws RocksDBException {
        int partition;
        try {
            partition = partitioner.partition(key);
        } catch (CorruptDataException e) {
            return; // A key of a version whose keys are of another schema.
        }
        database.get(partition, key, 0, key.length, NOTHING);
    }

    /**
     * The value of a key, if there is one.
     *
     * @throws CorruptDataException if the node's copy is damaged; it has been reported then
     */
    public Optional<byte[]> find(byte[] key) {
        recent.note(key, 0, key.length);
        return find(partitioner.partition(key), key);
    }

    private CorruptDataException damaged(RocksDBException e) {
        CorruptDataException damage = damage(e);
        reportDamage(damage);
        return damage;
    }

    private CorruptDataException damage(RocksDBException e) {
        return new CorruptDataException(database.folder().toString(), "a block", String.valueOf(e.getMessage()), e);
    }

    /**
     * The value of a key of a partition, if there is one.
     *
     * @throws CorruptDataException if the node's copy is damaged; it has been reported then
     */
    public Optional<byte[]> find(int partition, byte[] key) {
        try {
            return database.get(partition, key);
        } catch (RocksDBException e) {
            throw damaged(e);
        }
    }

    /**
     * The value of a key, if there is one, for others than readers: it takes no room in the block cache.
     *
     * @throws CorruptDataException if the node's copy is damaged; it has been reported then
     */
    public Optional<byte[]> findInPassing(byte[] key) {
        try {
            return database.getInPassing(partitioner.partition(key), key);
        } catch (RocksDBException e) {
            throw damaged(e);
        }
    }

    /**
     * Visits a sample of the records, or all if there are no more: the same on every node, spread evenly over the version,
     * in the order of partitions and keys, each record once. What the visitor throws is passed on.
     *
     * @param most how many at most
     * @param visitor takes key and value
     * @throws CorruptDataException if the node's copy is damaged; it has been reported then
     */
    public void sample(int most, BiConsumer<byte[], byte[]> visitor) {
        try {
            database.sample(most, visitor);
        } catch (RocksDBException e) {
            throw damaged(e);
        }
    }

    /**
     * Makes another database of the same files, which are linked, not copied; durable on return.
     *
     * @param folder where; must not exist
     * @throws UnavailableException if it cannot be made
     */
    public void checkpoint(Path folder) {
        try {
            database.checkpoint(folder);
        } catch (RocksDBException e) {
            throw new UnavailableException(
                    "The files of " + id + " cannot be linked to " + folder + ": " + e.getMessage()
                            + ". It is tried again; look at the disk if this lasts.",
                    e);
        }
    }

    /** How many bytes RocksDB has in memory for its files, besides the block cache. */
    public long tableReadersBytes() {
        try {
            return database.tableReadersBytes();
        } catch (RocksDBException e) {
            throw new IllegalStateException("RocksDB does not tell what memory " + id + " takes", e);
        }
    }

    /** Whether damage has been found in the node's copy. */
    public boolean isDamaged() {
        return damaged.get();
    }

    /** Has this copy fetched again, because another version that shares its files is damaged. */
    public void doubt() {
        if (damaged.compareAndSet(false, true)) {
            LOG.warn("The copy of {} shares files with a damaged one and is fetched again. Look at the disk.", id);
            onDamage.run();
        }
    }

    /** Says what to do when damage is found for the first time; it must not block. */
    public void onDamage(Runnable action) {
        onDamage = action;
    }

    /** Reports a value that is not of the version's schema: another copy would have it too. Logged once. */
    public void reportUnreadable(CorruptDataException problem) {
        if (unreadable.compareAndSet(false, true)) {
            LOG.warn("A value of {} cannot be read; publish the dataset again: {}", id, problem.getMessage());
        }
    }

    private void reportDamage(CorruptDataException damage) {
        if (damaged.compareAndSet(false, true)) {
            LOG.warn(
                    "The copy of {} is damaged and is fetched again; until then some lookups fail. Look at the disk: {}",
                    id,
                    damage.getMessage());
            onDamage.run();
        }
    }

    /** Becomes a holder, unless there is none any more. */
    public boolean acquire() {
        return holders.acquire();
    }

    /** Stops being a holder; the last one closes the version. */
    public void release() {
        if (holders.release()) {
            closer.execute(this::close);
        }
    }

    /** As {@link #release}, with something to do once the version is closed. */
    public void release(Runnable then) {
        afterClose = then;
        release();
    }

    private void close() {
        database.close();
        afterClose.run();
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
