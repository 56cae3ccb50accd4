package io.slipway.sst;

import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.Setting;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.Delta;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Repository;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * The version that a delta is on, found fit for it: committed and not given up, on the SST route, of the same keys,
 * partitions and values. Immutable.
 *
 * @param manifest its manifest
 * @param sha256 the hash of its stored manifest
 */
record BaseVersion(Manifest manifest, String sha256) {

    private static final String PUBLISH_FULL = " Publish a full version instead.";

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
        base.checkKind(dataset, publication);
        base.checkChain(repository, dataset.settings().get(Setting.DELTA_CHAIN));
        return base;
    }

    /** The number of the base that a publication asks for: the one that it names, or the current version. */
    static long wanted(DatasetEntry dataset, Publication publication) {
        return publication
                .base()
                .orElseGet(() -> dataset.current()
                        .map(VersionEntry::number)
                        .orElseThrow(() -> new InvalidInputException("A delta of " + dataset.name()
                                + " needs a version that it changes, and none is current. Name one with --base, or"
                                + " publish a full version.")));
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
            throw refused(id, "it is " + state.get() + ".", " Name another with --base, or publish a full version.");
        }
    }

    private static BaseVersion committed(Repository repository, VersionId id) {
        try {
            Decision.Committed committed = repository.committed(id);
            return new BaseVersion(committed.manifest(), committed.sha256());
        } catch (NotFoundException e) {
            throw refused(
                    id,
                    "there is no such committed version.",
                    " See `slipway versions " + id.dataset() + "`, or publish a full version.");
        }
    }

    private void checkKind(DatasetEntry dataset, Publication publication) {
        if (manifest.route() != Route.SST) {
            throw unfit("it was published over " + manifest.route().label() + ", not as SST files.");
        }
        int partitions = manifest.partitions().size();
        OptionalInt wanted = publication.partitions();
        if (wanted.isPresent() && wanted.getAsInt() != partitions) {
            throw unfit("it has " + partitions + " partitions, and " + wanted.getAsInt() + " are asked for.");
        }
        int routingFields = dataset.settings().get(Setting.ROUTING_FIELDS);
        if (routingFields != routingFields()) {
            throw unfit("its keys are routed by " + routingFields() + " fields, and the setting routing.fields is "
                    + routingFields + " now.");
        }
        Schema keySchema = publication.keySchema().orElseThrow();
        List<String> shape = KeyCodec.of(keySchema).shape();
        List<String> expected = KeyCodec.of(manifest.keySchema()).shape();
        if (!shape.equals(expected)) {
            throw unfit("its key is " + expected + ", and that of the delta is " + shape + ".");
        }
        Schema valueSchema = publication.valueSchema().orElseThrow();
        if (!valueSchema.equals(manifest.valueSchema())) {
            throw unfit("its values are of schema " + manifest.valueSchema() + ", and those of the delta of "
                    + valueSchema + ".");
        }
    }

    private void checkChain(Repository repository, int most) {
        int deltas = DeltaChain.of(repository, manifest).deltas() + 1;
        if (deltas > most) {
            throw new InvalidInputException("This would be delta " + deltas + " on top of one another of "
                    + manifest.version().dataset() + ", and its setting delta.chain allows " + most
                    + ". Publish a full version, or `slipway compact "
                    + manifest.version().dataset() + "`.");
        }
    }

    private InvalidInputException unfit(String reason) {
        return refused(manifest.version(), reason, PUBLISH_FULL);
    }

    private static InvalidInputException refused(VersionId base, String reason, String remedy) {
        return new InvalidInputException("A delta cannot be on " + base + ": " + reason + remedy);
    }
}
