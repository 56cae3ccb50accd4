package io.slipway.controller.gates;

import io.slipway.model.InvalidInputException;
import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.GateSettings;
import io.slipway.model.node.DataFindings;
import io.slipway.model.node.DataFindings.SampledChanges;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How many of the keys that readers read now would answer something else: of a sample of the current version's keys, the
 * share that is gone or has another value in the next. Added keys are told, not limited: nobody who reads now would notice
 * them, and {@link GateSettings#RECORDS_GROWTH} limits their number.
 */
record ChangedGate() implements Gate {

    @Override
    public String name() {
        return Gate.name(GateSettings.CHANGED);
    }

    @Override
    public Optional<GateResult> check(Comparison comparison) {
        OptionalDouble most = comparison.limit(GateSettings.CHANGED);
        if (most.isEmpty() || comparison.current().isEmpty()) {
            return Optional.empty();
        }
        DataFindings findings = comparison.findings().orElseThrow();
        SampledChanges changes = findings.changes().orElseThrow(() -> new InvalidInputException(findings.problem()));
        return changes.currentKeys() == 0 ? Optional.empty() : Optional.of(result(changes, most.getAsDouble()));
    }

    private GateResult result(SampledChanges changes, double most) {
        double share = share(changes.removed() + changes.changed(), changes.currentKeys());
        String words = "Of " + Measured.count(changes.currentKeys()) + " keys of the current version "
                + Measured.percent(share) + " would answer something else: " + Measured.count(changes.changed())
                + " have another value and " + Measured.count(changes.removed()) + " are gone ("
                + Measured.percent(share(changes.added(), changes.nextKeys()))
                + " of the new version's keys are added); the limit is " + Measured.percent(most) + ".";
        return Measured.atMost(name(), share, most, words);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }
}
