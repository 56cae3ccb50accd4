package io.slipway.controller.gates;

import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.GateSettings;
import java.util.Optional;

/** That a version without records does not follow one that has some. */
record EmptyGate() implements Gate {

    @Override
    public String name() {
        return Gate.name(GateSettings.EMPTY);
    }

    @Override
    public Optional<GateResult> check(Comparison comparison) {
        long before = comparison.currentRecords();
        if (!comparison.settings().get(GateSettings.EMPTY) || before == 0) {
            return Optional.empty();
        }
        return comparison.nextRecords().map(after -> result(before, after));
    }

    private GateResult result(long before, long after) {
        boolean isEmpty = after == 0;
        String words = isEmpty
                ? "The version is empty, and the current one has " + Measured.count(before) + " records."
                : "The version is not empty.";
        return new GateResult(name(), !isEmpty, Optional.empty(), Optional.empty(), words);
    }
}
