package io.slipway.controller;

import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.DatasetSettings;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Repository;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What an operator asks of the catalog. Each call is one change of the catalog, or none if there is nothing to change;
 * who and why go into it. Thread-safe, and safe while controllers run.
 */
public final class Operations {

    private final Repository repository;
    private final CatalogStore catalog;
    private final InstantSource clock;

    /**
     * Operations on a repository.
     *
     * @param clock the time that retention counts from
     */
    public Operations(Repository repository, CatalogStore catalog, InstantSource clock) {
        this.repository = repository;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** What came of asking for a swap. */
    public enum SwapOutcome {
        /** The version is current now, or was before. */
        SWAPPED,
        /** It is not staged yet, or its gates have still to run; it will be swapped in when it can be. */
        REQUESTED
    }

    /**
     * Makes a version current: at once if it is retained, or staged and has passed the gates against the current version,
     * else as soon as it is and has. Ends the hold that a rollback put on the dataset.
     *
     * @throws NotFoundException if there is no such committed version
     * @throws InvalidInputException if the version is held, rejected or retired
     */
    public SwapOutcome swap(DatasetName name, long number, String who, String why) {
        Catalog after = catalog.update(who, "swap " + name + " to " + number, why, before -> {
            DatasetEntry dataset = discovered(before.datasetOrEmpty(name), number);
            VersionEntry version = dataset.version(number).orElseThrow();
            if (GateRules.areDue(dataset, version)) {
                return before.with(dataset.withRequested(OptionalLong.of(number)));
            }
            return switch (version.state()) {
                case CURRENT -> before;
                case STAGED, RETAINED ->
                    before.with(DatasetRules.makeCurrent(dataset, version, clock.instant())
                            .withRolledBack(false));
                case COMMITTED, STAGING -> before.with(dataset.withRequested(OptionalLong.of(number)));
                case HELD, REJECTED, RETIRED, CLAIMED, ABORTED -> throw cannotSwap(dataset, version);
            };
        });
        boolean isWaiting = after.datasetOrEmpty(name).requested().equals(OptionalLong.of(number));
        return isWaiting ? SwapOutcome.REQUESTED : SwapOutcome.SWAPPED;
    }

    /**
     * Swaps back to a retained version, marks the one that is left as bad, and holds the dataset: nothing else is
     * swapped in until an operator does so.
     *
     * @param target the version to go back to, or none for the one that was current last and is not marked bad; to name it
     *     makes a repeat harmless
     * @return the version that is current now
     * @throws NotFoundException if the dataset has no current version
     * @throws InvalidInputException if there is no such retained version
     */
    public long rollback(DatasetName name, OptionalLong target, String who, String why) {
        Catalog after = catalog.update(who, "roll back " + name, why, before -> {
            DatasetEntry dataset = before.dataset(name).orElseThrow(() -> unknown(name));
            VersionEntry current = dataset.current()
                    .orElseThrow(() -> new NotFoundException("Dataset " + name
                            + " has no current version, so there is nothing to roll back from. See `slipway versions "
                            + name + "`."));
            if (dataset.rolledBack() && target.equals(OptionalLong.of(current.number()))) {
                return before; // It was made, and its acknowledgement lost.
            }
            VersionEntry back = rollbackTarget(dataset, target);
            DatasetEntry changed = DatasetRules.makeCurrent(dataset, back, clock.instant());
            VersionEntry left = changed.version(current.number()).orElseThrow();
            return before.with(changed.with(left.markedBad(why))
                    .withRequested(OptionalLong.empty())
                    .withRolledBack(true));
        });
        return after.datasetOrEmpty(name).current().orElseThrow().number();
    }

    /**
     * Sets settings of a dataset, which need not have a version yet.
     *
     * @param values texts by the settings' names
     * @throws InvalidInputException if a name or value is not acceptable; then nothing is set
     */
    public DatasetSettings set(DatasetName name, Map<String, String> values, String who, String why) {
        String what = "set "
                + values.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(", "))
                + " of " + name;
        return catalog.update(who, what, why, before -> {
                    DatasetEntry dataset = before.datasetOrEmpty(name);
                    DatasetSettings settings = dataset.settings();
                    for (Map.Entry<String, String> value : values.entrySet()) {
                        settings = settings.with(value.getKey(), value.getValue());
                    }
                    return before.with(dataset.with(settings));
                })
                .datasetOrEmpty(name)
                .settings();
    }

    /** The dataset with the version in it, which no controller may have seen yet. */
    private DatasetEntry discovered(DatasetEntry dataset, long number) {
        if (dataset.version(number).isPresent()) {
            return dataset;
        }
        Decision.Committed committed = repository.committed(dataset.id(number));
        return dataset.with(VersionEntry.committed(committed.manifest(), committed.sha256(), clock.instant()));
    }

    private static VersionEntry rollbackTarget(DatasetEntry dataset, OptionalLong target) {
        if (target.isPresent()) {
            return dataset.version(target.getAsLong())
                    .filter(version -> version.state() == VersionState.RETAINED)
                    .orElseThrow(() -> new InvalidInputException(
                            "Version " + target.getAsLong() + " of " + dataset.name() + " is not retained (retained: "
                                    + retained(dataset) + "). Name one of these, or publish it again."));
        }
        Optional<VersionEntry> last = dataset.versions().values().stream()
                .filter(version -> version.state() == VersionState.RETAINED && !version.bad())
                .max(Comparator.comparing(DatasetRules::leftCurrent));
        return last.orElseThrow(() -> new InvalidInputException("There is no version of " + dataset.name()
                + " to roll back to (retained: " + retained(dataset)
                + "; one that was rolled back from must be named). Publish one."));
    }

    private static String retained(DatasetEntry dataset) {
        String numbers = dataset.versions().values().stream()
                .filter(version -> version.state() == VersionState.RETAINED)
                .map(version -> String.valueOf(version.number()))
                .collect(Collectors.joining(", "));
        return numbers.isEmpty() ? "none" : numbers;
    }

    private static InvalidInputException cannotSwap(DatasetEntry dataset, VersionEntry version) {
        String reason = version.reason().isEmpty() ? "" : ": " + version.reason();
        return new InvalidInputException("Version " + version.number() + " of " + dataset.name() + " is "
                + version.state() + " and cannot be swapped in" + reason + " Publish a new version.");
    }

    private static NotFoundException unknown(DatasetName name) {
        return new NotFoundException("There is no dataset " + name + ". See `slipway datasets`.");
    }
}
