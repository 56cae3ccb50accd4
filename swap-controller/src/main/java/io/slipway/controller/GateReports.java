package io.slipway.controller;

import io.slipway.model.VersionId;
import io.slipway.model.catalog.GateReport;
import java.util.Optional;
import java.util.OptionalLong;

/** What the gates found, as far as they have run. Thread-safe. */
@FunctionalInterface
interface GateReports {

    /**
     * What the gates found about a version.
     *
     * @param evidence what they judged it by
     * @param against the version that is current, if there is one
     * @return the report, or none if the gates did not run against that version
     */
    Optional<GateReport> of(Evidence evidence, VersionId version, OptionalLong against);
}
