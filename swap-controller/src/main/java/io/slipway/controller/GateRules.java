package io.slipway.controller;

import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.GateReport;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When gates run, and what becomes of a version that one of them holds: pure functions. Stateless.
 *
 * <p>A version passes the gates that need manifests against the version that is current before it is staged, and those
 * that need its records before it is swapped in. It passes them again, if another one became current since. One that an
 * operator approved passes them all.
 */
final class GateRules {

    private GateRules() {}

    /** Whether gates have to run on a version: it is on its way, and has not passed them against the current one. */
    static boolean areDue(DatasetEntry dataset, VersionEntry version) {
        return Arrays.stream(Evidence.values()).anyMatch(evidence -> areDue(evidence, dataset, version));
    }

    /** Whether those that judge by one kind of evidence have to run. */
    static boolean areDue(Evidence evidence, DatasetEntry dataset, VersionEntry version) {
        boolean isJudged = evidence.report(version.review())
                .filter(report -> report.against().equals(against(dataset)))
                .isPresent();
        return evidence.isOf(version.state())
                && !isJudged
                && version.review().approval().isEmpty()
                && evidence.isAskedFor(dataset, version);
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
            VersionEntry judged = version;
            for (Evidence evidence : Evidence.values()) {
                judged = judge(evidence, dataset, judged, reports, now);
            }
            changed = changed.with(judged);
        }
        return changed;
    }

    private static VersionEntry judge(
            Evidence evidence, DatasetEntry dataset, VersionEntry version, GateReports reports, Instant now) {
        if (!areDue(evidence, dataset, version)) {
            return version;
        }
        Optional<GateReport> report = reports.of(evidence, dataset.id(version.number()), against(dataset));
        if (report.isEmpty()) {
            return version;
        }
        VersionEntry judged = version.with(evidence.with(version.review(), report.get()));
        return report.get().isHeld()
                ? judged.to(VersionState.HELD, now, report.get().reason())
                : judged;
    }
}
