package io.slipway.controller;

import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.GateReport;
import io.slipway.model.catalog.GateSettings;
import io.slipway.model.catalog.Review;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import java.util.Optional;

/** What gates judge a version by. */
enum Evidence {

    /** What its manifest says, and the current version's: known as soon as it is committed. */
    MANIFESTS {

        @Override
        boolean isOf(VersionState state) {
            return state == VersionState.COMMITTED || RECORDS.isOf(state);
        }

        @Override
        Optional<GateReport> report(Review review) {
            return review.gates();
        }

        @Override
        Review with(Review review, GateReport report) {
            return review.withGates(report);
        }

        @Override
        boolean isAskedFor(DatasetEntry dataset, VersionEntry version) {
            return true;
        }
    },

    /** Its records, known once a node has staged it; of a delta also how many there are. */
    RECORDS {

        @Override
        boolean isOf(VersionState state) {
            return state == VersionState.STAGING || state == VersionState.STAGED;
        }

        @Override
        Optional<GateReport> report(Review review) {
            return review.dataGates();
        }

        @Override
        Review with(Review review, GateReport report) {
            return review.withDataGates(report);
        }

        @Override
        boolean isAskedFor(DatasetEntry dataset, VersionEntry version) {
            boolean isCompared = dataset.current().isPresent()
                    && dataset.settings().get(GateSettings.CHANGED).isPresent();
            return version.delta().isPresent()
                    || isCompared
                    || !dataset.settings().get(GateSettings.CANARY).isEmpty();
        }
    };

    /** What the gates found in it, if they ran. */
    abstract Optional<GateReport> report(Review review);

    /** A review with what the gates found in it. */
    abstract Review with(Review review, GateReport report);

    /** Whether a version in this state can be judged by it, and needs to be. */
    abstract boolean isOf(VersionState state);

    /** Whether there is a gate that wants it. */
    abstract boolean isAskedFor(DatasetEntry dataset, VersionEntry version);
}
