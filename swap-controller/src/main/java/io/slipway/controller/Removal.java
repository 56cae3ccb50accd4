package io.slipway.controller;

import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * What an operator says about the end of versions. Each call is one change of the catalog, or none if it was made
 * before. Files go later: from the nodes, then from the repository. Thread-safe, and safe while controllers run.
 */
public final class Removal {

    private final CatalogStore catalog;
    private final InstantSource clock;

    /** Removal from a catalog. */
    public Removal(CatalogStore catalog, InstantSource clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Protects a version from being retired, by retention and by operators, until it is unpinned.
     *
     * @throws NotFoundException if there is no such version in the catalog
     * @throws InvalidInputException if it is retired
     */
    public void pin(DatasetName name, long number, String who, String why) {
        change(name, number, who, "pin", why, (dataset, version) -> {
            if (version.state() == VersionState.RETIRED) {
                throw new InvalidInputException(
                        "Version " + number + " of " + name + " is retired: its files are gone. Publish it again.");
            }
            return dataset.with(pinned(version, true));
        });
    }

    /**
     * Ends the protection of {@link #pin}.
     *
     * @throws NotFoundException if there is no such version in the catalog
     */
    public void unpin(DatasetName name, long number, String who, String why) {
        change(name, number, who, "unpin", why, (dataset, version) -> dataset.with(pinned(version, false)));
    }

    /**
     * Retires a version: it can never be read again.
     *
     * @throws NotFoundException if there is no such version in the catalog
     * @throws InvalidInputException if it is current, pinned, asked to be swapped in, or being staged
     */
    public void retire(DatasetName name, long number, String who, String why) {
        change(name, number, who, "retire", why, (dataset, version) -> {
            if (version.state() == VersionState.RETIRED) {
                return dataset;
            }
            Protection.of(dataset, version).ifPresent(reason -> {
                throw new InvalidInputException("Version " + number + " of " + name + " " + reason + ".");
            });
            if (!version.state().mayBecome(VersionState.RETIRED)) {
                throw new InvalidInputException("Version " + number + " of " + name + " is " + version.state()
                        + " and cannot be retired now. Repeat when that is over.");
            }
            return dataset.with(version.to(VersionState.RETIRED, clock.instant(), why));
        });
    }

    /**
     * Retires all versions of a dataset, the current one too: readers get nothing of it any more. A version that is
     * published later begins it anew.
     *
     * @return the numbers of the versions that were retired
     * @throws NotFoundException if the catalog has no such dataset
     * @throws InvalidInputException if one of its versions is pinned
     */
    public List<Long> drop(DatasetName name, String who, String why) {
        List<Long> dropped = new ArrayList<>();
        catalog.update(who, "drop " + name, why, before -> {
            dropped.clear();
            DatasetEntry dataset = before.dataset(name)
                    .orElseThrow(
                            () -> new NotFoundException("There is no dataset " + name + ". See `slipway datasets`."));
            DatasetEntry changed = dataset.withRequested(OptionalLong.empty()).withRolledBack(false);
            for (VersionEntry version : dataset.versions().values()) {
                if (version.state() != VersionState.RETIRED) {
                    changed = changed.with(dropped(dataset, version, why, clock.instant()));
                    dropped.add(version.number());
                }
            }
            return before.with(changed);
        });
        return List.copyOf(dropped);
    }

    /** Goes by the transitions that there are: what readers read is swapped out, what is staged is refused. */
    private static VersionEntry dropped(DatasetEntry dataset, VersionEntry version, String why, Instant now) {
        if (version.review().pinned()) {
            throw new InvalidInputException("Version " + version.number() + " of " + dataset.name()
                    + " is pinned, so the dataset cannot be dropped. `slipway unpin` it first.");
        }
        VersionEntry leaving = switch (version.state()) {
            case CURRENT -> version.to(VersionState.RETAINED, now, "");
            case STAGING -> version.to(VersionState.REJECTED, now, "");
            default -> version;
        };
        return leaving.to(VersionState.RETIRED, now, why);
    }

    private static VersionEntry pinned(VersionEntry version, boolean isPinned) {
        return version.with(version.review().withPinned(isPinned));
    }

    private void change(
            DatasetName name,
            long number,
            String who,
            String verb,
            String why,
            BiFunction<DatasetEntry, VersionEntry, DatasetEntry> change) {
        catalog.update(who, verb + " version " + number + " of " + name, why, before -> {
            DatasetEntry dataset = before.datasetOrEmpty(name);
            VersionEntry version = dataset.version(number).orElseThrow(() -> Approvals.unknown(name, number));
            return before.with(change.apply(dataset, version));
        });
    }
}
