package io.slipway.controller;

import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.DeltaEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.digest.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is different with deltas, for {@link DatasetRules}. Stateless. */
final class DeltaRules {

    /** States in which a version may still be needed, and so what it is built on. */
    private static final Set<VersionState> IN_USE = Set.of(
            VersionState.COMMITTED,
            VersionState.HELD,
            VersionState.STAGING,
            VersionState.STAGED,
            VersionState.CURRENT,
            VersionState.RETAINED);

    /** States from which a base may still become current. */
    private static final Set<VersionState> WAITING =
            Set.of(VersionState.COMMITTED, VersionState.STAGING, VersionState.STAGED);

    private DeltaRules() {}

    /**
     * Notes the first result that a node has found of a delta, and refuses the delta if another found a different one.
     *
     * @param version is being staged
     */
    static VersionEntry settleResult(VersionEntry version, List<Digest> results, Instant now) {
        if (version.delta().isEmpty() || results.isEmpty()) {
            return version;
        }
        Digest first = version.delta().get().result().orElse(results.get(0));
        for (Digest other : results) {
            if (!other.equals(first)) {
                return version.to(
                        VersionState.REJECTED,
                        now,
                        "Nodes differ in what this delta and its base sum up to: " + first + " and " + other + ".");
            }
        }
        return version.withResult(first);
    }

    /**
     * Of versions that wait to be swapped in, those that may be now: all that are not deltas, and deltas on the current
     * version or that an operator has let through.
     */
    static List<VersionEntry> fitting(DatasetEntry dataset, List<VersionEntry> candidates) {
        return candidates.stream().filter(version -> fits(dataset, version)).toList();
    }

    /** Holds those that wait to be swapped in and never can be, because their base is not what readers read. */
    static DatasetEntry hold(DatasetEntry dataset, List<VersionEntry> candidates, Instant now) {
        DatasetEntry changed = dataset;
        for (VersionEntry version : candidates) {
            if (!fits(dataset, version) && !isBaseComing(dataset, version)) {
                changed = changed.with(version.to(VersionState.HELD, now, reason(dataset, version)));
            }
        }
        return changed;
    }

    /** The versions that others are built on which may still be needed; their files must stay. */
    static List<Long> neededBases(DatasetEntry dataset) {
        List<Long> needed = new ArrayList<>();
        for (VersionEntry version : dataset.versions().values()) {
            if (IN_USE.contains(version.state())) {
                needed.addAll(dataset.bases(version.number()));
            }
        }
        return needed;
    }

    private static boolean fits(DatasetEntry dataset, VersionEntry version) {
        Optional<Long> current = dataset.current().map(VersionEntry::number);
        return version.delta().isEmpty()
                || version.review().approval().isPresent()
                || version.delta().map(DeltaEntry::base).equals(current);
    }

    private static boolean isBaseComing(DatasetEntry dataset, VersionEntry version) {
        return version.delta()
                .flatMap(delta -> dataset.version(delta.base()))
                .filter(base -> base.number() > dataset.highestCurrent() && WAITING.contains(base.state()))
                .isPresent();
    }

    private static String reason(DatasetEntry dataset, VersionEntry version) {
        return "It is a delta on version "
                + version.delta().map(DeltaEntry::base).orElseThrow() + ", and "
                + dataset.current()
                        .map(current -> "version " + current.number() + " is current")
                        .orElse("no version is current")
                + ". Publish a delta on that one, or a full version.";
    }
}
