package io.slipway.model.catalog;

import io.slipway.model.DatasetName;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole catalog at one sequence. Immutable.
 *
 * @param sequence the number of the file it is stored in; 0 before there is one
 * @param datasets the datasets by name
 */
public record Catalog(long sequence, SortedMap<DatasetName, DatasetEntry> datasets) {

    /** The catalog of a repository in which nothing has happened. */
    public static final Catalog EMPTY = new Catalog(0, new TreeMap<>());

    /** Takes a copy of the map. */
    public Catalog {
        datasets = Collections.unmodifiableSortedMap(new TreeMap<>(datasets));
    }

    /** A dataset's entry, if the catalog has it. */
    public Optional<DatasetEntry> dataset(DatasetName name) {
        return Optional.ofNullable(datasets.get(name));
    }

    /** A dataset's entry, or an empty one. */
    public DatasetEntry datasetOrEmpty(DatasetName name) {
        return dataset(name).orElseGet(() -> DatasetEntry.empty(name));
    }

    /** This catalog with a dataset's entry added or replaced. */
    public Catalog with(DatasetEntry dataset) {
        SortedMap<DatasetName, DatasetEntry> changed = new TreeMap<>(datasets);
        changed.put(dataset.name(), dataset);
        return new Catalog(sequence, changed);
    }

    /** This catalog with some of its datasets only. */
    public Catalog only(Set<DatasetName> names) {
        SortedMap<DatasetName, DatasetEntry> kept = new TreeMap<>(datasets);
        kept.keySet().retainAll(names);
        return new Catalog(sequence, kept);
    }

    /** This catalog under another sequence. */
    Catalog at(long number) {
        return new Catalog(number, datasets);
    }
}
