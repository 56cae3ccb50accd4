package io.slipway.serving.reader;

import io.slipway.model.CorruptDataException;
import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.ServedDataset;
import io.slipway.serving.view.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/**
 * Reads one dataset. Each call reads one version. Thread-safe.
 *
 * <p><b>Keys</b> are {@code String}, {@code byte[]}, {@code Integer}, {@code Long}, {@code Boolean}, {@code Float} or {@code
 * Double}, as the key schema says, or for a record key a list of its fields' values.
 *
 * <p><b>Values</b> are the bytes that were published, Avro binary of {@link #valueSchema}; or of a class that is named: a Java
 * record with components of the names of the fields (it may have fewer, and {@code Optional} ones that the schema has not),
 * a scalar, or {@code org.apache.avro.generic.GenericRecord}. Bytes are the fastest; a class is made from the JSON form.
 *
 * <p><b>Errors</b>, of each method: {@link NotFoundException} if there is no such dataset, or the version cannot be read (any
 * more); {@link UnavailableException} if no version is current yet, or the copy on this machine is damaged and is being
 * fetched again; {@link io.slipway.model.InvalidInputException} for a key that is not of the key schema, or a class that the
 * values do not fit.
 */
public final class DatasetReader {

    private final Supplier<Snapshot> pins;
    private final String name;
    private final long number;

    DatasetReader(Supplier<Snapshot> pins, String name, long number) {
        this.pins = pins;
        this.name = name;
        this.number = number;
    }

    /** The same dataset at a version that is named, instead of the current one: the one read now, or a retained one. */
    public DatasetReader at(long version) {
        return new DatasetReader(pins, name, version);
    }

    /** The version that is read. */
    public VersionId version() {
        return read(OpenVersion::id);
    }

    /** The schema of the values. */
    public Schema valueSchema() {
        return read(version -> version.manifest().valueSchema());
    }

    /** The schema of the keys. */
    public Schema keySchema() {
        return read(version -> version.keys().schema());
    }

    /** The value of a key, if there is one. */
    public Optional<byte[]> get(Object key) {
        return read(version -> version.find(version.keys().encode(key)));
    }

    /** The same as a value of a class. */
    public <T> Optional<T> get(Object key, Class<T> type) {
        return read(version -> version.find(version.keys().encode(key))
                .map(value -> ValueMapper.of(version, type).map(value)));
    }

    /** The values of several keys, all from one version. */
    public BatchResult<byte[]> batchGet(List<?> keys) {
        return batchGet(keys, byte[].class);
    }

    /** The same as values of a class. */
    public <T> BatchResult<T> batchGet(List<?> keys, Class<T> type) {
        return read(version -> {
            ValueMapper<T> mapper = ValueMapper.of(version, type);
            List<KeyedValue<T>> found = new ArrayList<>(keys.size());
            List<Object> missing = new ArrayList<>();
            for (Object key : keys) {
                Optional<byte[]> value = version.find(version.keys().encode(key));
                if (value.isPresent()) {
                    found.add(new KeyedValue<>(key, mapper.map(value.get())));
                } else {
                    missing.add(key);
                }
            }
            return new BatchResult<>(version.id().number(), found, missing);
        });
    }

    /** The records of a range in the order of their keys; the version stays open until the scan is closed. */
    public Scan<byte[]> scan(ScanRange range) {
        return scan(range, byte[].class);
    }

    /** The same as values of a class. */
    public <T> Scan<T> scan(ScanRange range, Class<T> type) {
        Snapshot snapshot = pins.get();
        boolean isOpen = false;
        try {
            OpenVersion version = version(snapshot);
            Scan<T> scan = new Scan<>(
                    snapshot, version, version.scan(range.of(version.keys())), ValueMapper.of(version, type));
            isOpen = true;
            return scan;
        } catch (CorruptDataException e) {
            throw damaged(e);
        } finally {
            if (!isOpen) {
                snapshot.close();
            }
        }
    }

    private <R> R read(Read<R> read) {
        try (Snapshot snapshot = pins.get()) {
            return read.from(version(snapshot));
        } catch (CorruptDataException e) {
            throw damaged(e);
        }
    }

    static UnavailableException damaged(CorruptDataException e) {
        return new UnavailableException(
                "The copy on this machine is damaged, and is being fetched again. Try again: " + e.getMessage(), e);
    }

    private OpenVersion version(Snapshot snapshot) {
        ServedDataset dataset = snapshot.datasets().get(name);
        if (dataset == null) {
            throw new NotFoundException("There is no dataset '" + name + "' here (there are: "
                    + snapshot.datasets().keySet() + "). Name one of these.");
        }
        if (number == 0) {
            return dataset.current()
                    .orElseThrow(() -> new UnavailableException("The dataset " + name
                            + " has no current version here yet. Try again once one is swapped in."));
        }
        return dataset.version(number)
                .orElseThrow(
                        () -> new NotFoundException("Version " + number + " of " + name + " cannot be read (readable: "
                                + dataset.readable().keySet() + "). Read one of these, or the current one."));
    }

    @FunctionalInterface
    private interface Read<R> {
        R from(OpenVersion version);
    }
}
