package io.slipway.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Something for each dataset apart, such as counts, which is made when it is first asked for and stays. Thread-safe; asking
 * again neither allocates nor waits.
 */
public final class PerDataset<T> {

    private final Map<DatasetName, T> datasets = new ConcurrentHashMap<>();
    private final Supplier<T> first;

    /**
     * Nothing yet.
     *
     * @param first makes what a dataset begins with
     */
    public PerDataset(Supplier<T> first) {
        this.first = first;
    }

    /** What is there for a dataset. */
    public T of(DatasetName dataset) {
        T known = datasets.get(dataset);
        return known != null ? known : datasets.computeIfAbsent(dataset, name -> first.get());
    }

    /** All that is there by dataset. Changes with it. */
    public Map<DatasetName, T> all() {
        return Collections.unmodifiableMap(datasets);
    }

    /** All that is there now, by name. */
    public SortedMap<String, T> byName() {
        SortedMap<String, T> byName = new TreeMap<>();
        datasets.forEach((name, value) -> byName.put(name.value(), value));
        return Collections.unmodifiableSortedMap(byName);
    }
}
