package io.slipway.controller.gates;

import io.slipway.model.catalog.DatasetSettings;
import io.slipway.model.catalog.Setting;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.node.DataFindings;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What gates look at. A delta's manifest tells of its changes only, so of a delta there is nothing of bytes and fields, and
 * the number of records once a node has staged it.
 *
 * @param settings the dataset's settings
 * @param current the current version, if there is one
 * @param currentRecords how many records readers find in it; 0 if there is none
 * @param next the version that is to follow it
 * @param nextRecords how many records readers are to find in that one, if it is known
 * @param findings what a node found in its records, if that was asked
 */
record Comparison(
        DatasetSettings settings,
        Optional<Manifest> current,
        long currentRecords,
        Manifest next,
        Optional<Long> nextRecords,
        Optional<DataFindings> findings) {

    OptionalDouble limit(Setting<OptionalDouble> setting) {
        return settings.get(setting);
    }

    /** Whether both manifests tell of all records. */
    boolean isOfFullVersions() {
        return next.delta().isEmpty() && current.flatMap(Manifest::delta).isEmpty();
    }
}
