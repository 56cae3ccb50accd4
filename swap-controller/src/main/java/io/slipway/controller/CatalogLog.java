package io.slipway.controller;

import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what changed from one catalog to another, a line for each version. Stateless. */
final class CatalogLog {

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private CatalogLog() {}

    static void log(Catalog before, Catalog after) {
        for (DatasetEntry dataset : after.datasets().values()) {
            DatasetEntry earlier = before.datasetOrEmpty(dataset.name());
            for (VersionEntry version : dataset.versions().values()) {
                Optional<VersionState> old = earlier.version(version.number()).map(VersionEntry::state);
                if (!old.equals(Optional.of(version.state()))) {
                    log(dataset, old, version);
                }
            }
        }
    }

    private static void log(DatasetEntry dataset, Optional<VersionState> old, VersionEntry version) {
        if (version.state() == VersionState.REJECTED) {
            LOG.warn(
                    "Version {} of {} is rejected: {} Publish it again.",
                    version.number(),
                    dataset.name(),
                    version.reason());
        } else if (version.state() == VersionState.HELD) {
            LOG.warn(
                    "Version {} of {} is held: {} Look at it, then `slipway approve` or `slipway reject` it.",
                    version.number(),
                    dataset.name(),
                    version.reason());
        } else {
            LOG.info(
                    "Version {} of {}: {} -> {}",
                    version.number(),
                    dataset.name(),
                    old.map(VersionState::name).orElse("newly committed"),
                    version.state());
        }
    }
}
