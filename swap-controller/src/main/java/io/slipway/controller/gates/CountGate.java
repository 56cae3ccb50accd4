package io.slipway.controller.gates;

import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.GateSettings;
import io.slipway.model.catalog.Setting;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The fewest or the most records that a version may have, whatever is current.
 *
 * @param limit the setting with the limit: {@link GateSettings#RECORDS_LEAST} or {@link GateSettings#RECORDS_MOST}
 */
record CountGate(Setting<OptionalDouble> limit) implements Gate {

    @Override
    public String name() {
        return Gate.name(limit);
    }

    @Override
    public Optional<GateResult> check(Comparison comparison) {
        OptionalDouble bound = comparison.limit(limit);
        return bound.isEmpty()
                ? Optional.empty()
                : comparison.nextRecords().map(records -> result(records, bound.getAsDouble()));
    }

    private GateResult result(long records, double bound) {
        boolean isLeast = limit == GateSettings.RECORDS_LEAST;
        String words = "There are " + Measured.count(records) + " records; " + (isLeast ? "at least " : "at most ")
                + Measured.number(bound) + " are asked for.";
        return isLeast
                ? Measured.atLeast(name(), (double) records, bound, words)
                : Measured.atMost(name(), (double) records, bound, words);
    }
}
