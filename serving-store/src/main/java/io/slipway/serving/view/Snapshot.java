package io.slipway.serving.view;

import io.slipway.serving.store.Holders;
import io.slipway.serving.store.OpenVersion;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that readers of a node see at one moment. Immutable, but for the count of those who look at it.
 *
 * <p>A snapshot holds every version that it shows, and is itself counted: by the reference that shows it, and by each
 * reader that pinned it. When the last of them leaves, it lets its versions go. So one increment pins all versions of
 * all datasets at once, and a reply made from one pin cannot mix versions, whatever is swapped meanwhile. {@link #close}
 * ends a pin.
 */
public final class Snapshot implements AutoCloseable {

    private final long sequence;
    private final SortedMap<String, ServedDataset> datasets;
    private final Set<OpenVersion> versions = new HashSet<>();
    private final Holders holders = new Holders();

    /**
     * A snapshot with its caller as first holder, who must hold all its versions.
     *
     * @param sequence the catalog that replies name; see {@link SnapshotPlan}
     */
    public Snapshot(long sequence, Collection<ServedDataset> datasets) {
        SortedMap<String, ServedDataset> byName = new TreeMap<>();
        for (ServedDataset dataset : datasets) {
            byName.put(dataset.name().value(), dataset);
            versions.addAll(dataset.readable().values());
        }
        this.sequence = sequence;
        this.datasets = Collections.unmodifiableSortedMap(byName);
        for (OpenVersion version : versions) {
            if (!version.acquire()) {
                throw new IllegalStateException(version + " is closed and cannot be shown");
            }
        }
    }

    /** The catalog that replies name: each dataset is served as this catalog says, or later. */
    public long sequence() {
        return sequence;
    }

    /** The datasets by name. */
    public SortedMap<String, ServedDataset> datasets() {
        return datasets;
    }

    /** A dataset by the text of its name, which need not be a valid one. */
    public Optional<ServedDataset> dataset(String name) {
        return Optional.ofNullable(datasets.get(name));
    }

    /** Whether a version is in this snapshot. */
    public boolean shows(OpenVersion version) {
        return versions.contains(version);
    }

    /** Pins it, unless nobody holds it any more: then a newer one is shown already. {@link #close} ends the pin. */
    public boolean acquire() {
        return holders.acquire();
    }

    /** Ends a pin; exactly once for each. The last holder lets the versions go. Never blocks. */
    @Override
    public void close() {
        if (holders.release()) {
            versions.forEach(OpenVersion::release);
        }
    }
}
