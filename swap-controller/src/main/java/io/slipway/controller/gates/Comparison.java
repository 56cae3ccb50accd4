package io.slipway.controller.gates;

import io.slipway.model.catalog.DatasetSettings;
import io.slipway.model.catalog.Setting;
import io.slipway.model.manifest.Manifest;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What gates look at. A delta's manifest tells of its changes only, so of a delta there are bounds for the number of
 * records, and nothing of bytes and fields.
 *
 * @param settings the dataset's settings
 * @param current the current version, if there is one
 * @param currentRecords how many records readers find in it; 0 if there is none
 * @param next the version that is to follow it
 */
record Comparison(DatasetSettings settings, Optional<Manifest> current, long currentRecords, Manifest next) {

    OptionalDouble limit(Setting<OptionalDouble> setting) {
        return settings.get(setting);
    }

    /** The fewest records that readers may find in the next version: as if every delete of a delta hit a record. */
    long leastRecords() {
        return next.delta()
                .map(delta -> Math.max(0, currentRecords - delta.deletes()))
                .orElseGet(() -> next.digest().records());
    }

    /** The most records that readers may find in the next version: as if every put of a delta were a new key. */
    long mostRecords() {
        long changes = next.digest().records();
        return next.delta()
                .map(delta -> currentRecords + changes - delta.deletes())
                .orElse(changes);
    }

    /** Whether both manifests tell of all records. */
    boolean isOfFullVersions() {
        return next.delta().isEmpty() && current.flatMap(Manifest::delta).isEmpty();
    }
}
