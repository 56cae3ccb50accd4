package io.slipway.serving.view;

import io.slipway.model.DatasetName;
import io.slipway.serving.store.OpenVersion;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One dataset as readers see it: the version that they read by default, and those that they can name. Immutable.
 */
public final class ServedDataset {

    private final DatasetName name;
    private final Optional<OpenVersion> current;
    private final SortedMap<Long, OpenVersion> readable;

    /**
     * A dataset.
     *
     * @param name its name
     * @param current what is read by default; none until a first version is current
     * @param readable the versions that can be read by number; {@code current} is one in any case
     */
    public ServedDataset(DatasetName name, Optional<OpenVersion> current, SortedMap<Long, OpenVersion> readable) {
        SortedMap<Long, OpenVersion> all = new TreeMap<>(readable);
        current.ifPresent(version -> all.put(version.id().number(), version));
        this.name = name;
        this.current = current;
        this.readable = Collections.unmodifiableSortedMap(all);
    }

    /** The dataset's name. */
    public DatasetName name() {
        return name;
    }

    /** What is read by default; none until a first version is current. */
    public Optional<OpenVersion> current() {
        return current;
    }

    /** The versions that can be read, by number. */
    public SortedMap<Long, OpenVersion> readable() {
        return readable;
    }

    /** A version by number, if it can be read. */
    public Optional<OpenVersion> version(long number) {
        return Optional.ofNullable(readable.get(number));
    }

    /** Two are equal if they show the same open versions. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ServedDataset dataset
                && name.equals(dataset.name)
                && current.equals(dataset.current)
                && readable.equals(dataset.readable);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
