package io.slipway.controller;

import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.catalog.Approval;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import java.time.InstantSource;
import java.util.function.BiFunction;

/**
 * What an operator says about a version that a gate holds. Each call is one change of the catalog, or none if it was
 * made before; who and why go into it. Thread-safe, and safe while controllers run.
 */
public final class Approvals {

    private final CatalogStore catalog;
    private final InstantSource clock;

    /** Approvals in a catalog. */
    public Approvals(CatalogStore catalog, InstantSource clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Lets a version through: one that is held is staged and swapped in as if it had passed the gates, and no gate holds
     * it any more. Also ends the hold that a rollback put on the dataset, for this version and those after it.
     *
     * @param why the reason, which must not be empty
     * @throws NotFoundException if there is no such version in the catalog
     * @throws InvalidInputException if it is not held and nobody rolled the dataset back, or there is no reason
     */
    public void approve(DatasetName name, long number, String who, String why) {
        change(name, number, who, "approve", why, (dataset, version) -> {
            boolean isApproved = version.review().approval().isPresent() && !dataset.rolledBack();
            return switch (version.state()) {
                case HELD ->
                    released(dataset, approved(version, who, why).to(VersionState.STAGING, clock.instant(), ""));
                case COMMITTED, STAGING, STAGED -> {
                    if (!dataset.rolledBack() && !isApproved) {
                        throw notHeld(dataset, version);
                    }
                    yield isApproved ? dataset : released(dataset, approved(version, who, why));
                }
                case CURRENT -> {
                    if (!isApproved) {
                        throw notHeld(dataset, version);
                    }
                    yield dataset;
                }
                case RETAINED, REJECTED, RETIRED, CLAIMED, ABORTED -> throw notHeld(dataset, version);
            };
        });
    }

    /**
     * Refuses a version for ever.
     *
     * @param why the reason, which must not be empty
     * @throws NotFoundException if there is no such version in the catalog
     * @throws InvalidInputException if it is not held, or there is no reason
     */
    public void reject(DatasetName name, long number, String who, String why) {
        change(name, number, who, "reject", why, (dataset, version) -> switch (version.state()) {
            case HELD ->
                dataset.with(version.to(VersionState.REJECTED, clock.instant(), "Rejected by " + who + ": " + why));
            case REJECTED -> dataset;
            default -> throw notHeld(dataset, version);
        });
    }

    private void change(
            DatasetName name,
            long number,
            String who,
            String verb,
            String why,
            BiFunction<DatasetEntry, VersionEntry, DatasetEntry> change) {
        if (why.isBlank()) {
            throw new InvalidInputException(
                    "To " + verb + " version " + number + " of " + name + " needs a reason. Give one with --reason.");
        }
        catalog.update(who, verb + " version " + number + " of " + name, why, before -> {
            DatasetEntry dataset = before.datasetOrEmpty(name);
            VersionEntry version = dataset.version(number).orElseThrow(() -> unknown(name, number));
            return before.with(change.apply(dataset, version));
        });
    }

    private VersionEntry approved(VersionEntry version, String who, String why) {
        Approval approval = new Approval(who, why, clock.instant());
        return version.with(version.review().withApproval(approval));
    }

    private static DatasetEntry released(DatasetEntry dataset, VersionEntry version) {
        return dataset.with(version).withRolledBack(false);
    }

    private static InvalidInputException notHeld(DatasetEntry dataset, VersionEntry version) {
        return new InvalidInputException("Version " + version.number() + " of " + dataset.name() + " is "
                + version.state() + ", not held by a gate. See `slipway versions " + dataset.name() + " --gates`.");
    }

    static NotFoundException unknown(DatasetName name, long number) {
        return new NotFoundException("The catalog has no version " + number + " of " + name
                + ". See `slipway versions " + name + "`; a version that was just committed is there once a controller"
                + " has seen it.");
    }
}
