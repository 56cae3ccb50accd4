package io.slipway.sst;

import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.Setting;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.manifest.Delta;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishRules;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Repository;
import java.util.Optional;

/**
 * The version that a delta is on, found fit for it: committed and not given up, on the SST route, of the same keys,
 * partitions and values. Immutable.
 *
 * @param manifest its manifest
 * @param sha256 the hash of its stored manifest
 */
record BaseVersion(Manifest manifest, String sha256) {

    /**
     * The base of a publication.
     *
     * @param number its number
     * @throws InvalidInputException if a delta cannot be on it
     */
    static BaseVersion of(Repository repository, DatasetEntry dataset, long number, Publication publication) {
        VersionId id = dataset.id(number);
        BaseVersion base = committed(repository, id);
        checkState(dataset, id);
        PublishRules.checkBase(base.manifest(), Route.SST, dataset.settings().get(Setting.ROUTING_FIELDS), publication);
        PublishRules.checkChain(
                dataset.name(),
                DeltaChain.of(repository, base.manifest()).deltas() + 1,
                dataset.settings().get(Setting.DELTA_CHAIN));
        return base;
    }

    /** The number of the base that a publication asks for: the one that it names, or the current version. */
    static long wanted(DatasetEntry dataset, Publication publication) {
        return publication
                .base()
                .orElseGet(() -> dataset.current()
                        .map(VersionEntry::number)
                        .orElseThrow(() -> PublishRules.noCurrentBase(dataset.name())));
    }

    /** How many of its keys' leading fields route. */
    int routingFields() {
        return manifest.routingFields();
    }

    /** What the delta's manifest is to say of it. */
    Delta delta(long deletes) {
        return new Delta(manifest.version().number(), sha256, deletes);
    }

    /**
     * Refuses a base that the catalog has given up.
     *
     * @throws InvalidInputException if it is rejected or retired
     */
    static void checkState(DatasetEntry dataset, VersionId id) {
        Optional<VersionState> state = dataset.version(id.number()).map(VersionEntry::state);
        if (state.equals(Optional.of(VersionState.RETIRED)) || state.equals(Optional.of(VersionState.REJECTED))) {
            throw PublishRules.goneBase(id, state.get().toString());
        }
    }

    private static BaseVersion committed(Repository repository, VersionId id) {
        try {
            Decision.Committed committed = repository.committed(id);
            return new BaseVersion(committed.manifest(), committed.sha256());
        } catch (NotFoundException e) {
            throw PublishRules.missingBase(id);
        }
    }
}
