package io.slipway.controller;

import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.GateReport;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When gates run, and what becomes of a version that one of them holds: pure functions. Stateless.
 *
 * <p>A version passes the gates against the version that is current before it is staged, and passes them again, if
 * another one became current since, before it is swapped in. One that an operator approved passes them all.
 */
final class GateRules {

    private GateRules() {}

    /** Whether the gates have to run on a version: it is on its way, and has not passed them against the current one. */
    static boolean areDue(DatasetEntry dataset, VersionEntry version) {
        boolean isOnItsWay = version.state() == VersionState.COMMITTED
                || version.state() == VersionState.STAGING
                || version.state() == VersionState.STAGED;
        boolean isJudged = version.review()
                .gates()
                .filter(report -> report.against().equals(against(dataset)))
                .isPresent();
        return isOnItsWay && !isJudged && version.review().approval().isEmpty();
    }

    /** The number of the version that others are compared with. */
    static OptionalLong against(DatasetEntry dataset) {
        return dataset.current()
                .map(current -> OptionalLong.of(current.number()))
                .orElseGet(OptionalLong::empty);
    }

    /** The dataset with what the gates found; versions that one of them holds are held. */
    static DatasetEntry judge(DatasetEntry dataset, GateReports reports, Instant now) {
        DatasetEntry changed = dataset;
        for (VersionEntry version : dataset.versions().values()) {
            if (areDue(dataset, version)) {
                Optional<GateReport> report = reports.of(dataset.id(version.number()), against(dataset));
                if (report.isPresent()) {
                    changed = changed.with(judged(version, report.get(), now));
                }
            }
        }
        return changed;
    }

    private static VersionEntry judged(VersionEntry version, GateReport report, Instant now) {
        VersionEntry judged = version.with(version.review().withGates(report));
        return report.isHeld() ? judged.to(VersionState.HELD, now, report.reason()) : judged;
    }
}
