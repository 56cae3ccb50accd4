package io.slipway.model.catalog;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the catalog says of one dataset. Immutable; each {@code with…} method returns a changed copy.
 *
 * @param name the dataset
 * @param settings its settings
 * @param versions its versions by number
 * @param requested the version that an operator asked to be swapped in as soon as it is staged
 * @param highestCurrent the highest number that was ever current, or 0; a controller swaps by itself only above it
 * @param rolledBack whether an operator rolled back, and nothing may be swapped in but by an operator
 */
public record DatasetEntry(
        DatasetName name,
        DatasetSettings settings,
        SortedMap<Long, VersionEntry> versions,
        OptionalLong requested,
        long highestCurrent,
        boolean rolledBack) {

    /** Takes a copy of the map. */
    public DatasetEntry {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    /** A dataset of which nothing is known yet. */
    public static DatasetEntry empty(DatasetName name) {
        return new DatasetEntry(name, DatasetSettings.DEFAULTS, new TreeMap<>(), OptionalLong.empty(), 0, false);
    }

    /** A version's entry, if the catalog has it. */
    public Optional<VersionEntry> version(long number) {
        return Optional.ofNullable(versions.get(number));
    }

    /** The id of one of this dataset's versions. */
    public VersionId id(long number) {
        return new VersionId(name, number);
    }

    /**
     * The versions that a version is built on, if it is a delta: its base, that one's base if it is one too, and so on,
     * as far as the catalog has them.
     */
    public List<Long> bases(long number) {
        List<Long> bases = new ArrayList<>();
        for (Optional<Long> base = base(number); base.isPresent(); base = base(base.get())) {
            bases.add(base.get());
        }
        return bases;
    }

    private Optional<Long> base(long number) {
        return version(number)
                .flatMap(VersionEntry::delta)
                .map(DeltaEntry::base)
                .filter(base -> base < number);
    }

    /** The version that readers read, if there is one. */
    public Optional<VersionEntry> current() {
        return versions.values().stream()
                .filter(version -> version.state() == VersionState.CURRENT)
                .findFirst();
    }

    /** This dataset with an entry added or replaced. */
    public DatasetEntry with(VersionEntry version) {
        SortedMap<Long, VersionEntry> changed = new TreeMap<>(versions);
        changed.put(version.number(), version);
        return new DatasetEntry(name, settings, changed, requested, highestCurrent, rolledBack);
    }

    /** This dataset with several entries added or replaced. */
    public DatasetEntry with(Collection<VersionEntry> changes) {
        DatasetEntry changed = this;
        for (VersionEntry version : changes) {
            changed = changed.with(version);
        }
        return changed;
    }

    /** This dataset with other settings. */
    public DatasetEntry with(DatasetSettings changed) {
        return new DatasetEntry(name, changed, versions, requested, highestCurrent, rolledBack);
    }

    /** This dataset with a version that an operator asks for, or none. */
    public DatasetEntry withRequested(OptionalLong number) {
        return new DatasetEntry(name, settings, versions, number, highestCurrent, rolledBack);
    }

    /** This dataset with the mark of a rollback set or cleared. */
    public DatasetEntry withRolledBack(boolean isRolledBack) {
        return new DatasetEntry(name, settings, versions, requested, highestCurrent, isRolledBack);
    }

    /** This dataset after a version became current. */
    public DatasetEntry withHighestCurrent(long number) {
        return new DatasetEntry(name, settings, versions, requested, Math.max(highestCurrent, number), rolledBack);
    }
}
