package io.slipway.controller.gates;

import io.slipway.model.InvalidInputException;
import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.Setting;
import io.slipway.model.value.SchemaCompatibility;
import java.util.Optional;

/** That readers of the current version can read the values of the new one, as far as the dataset demands it. */
record SchemaGate() implements Gate {

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public Optional<GateResult> check(Comparison comparison) {
        return comparison.current().map(current -> {
            SchemaCompatibility.Mode mode = comparison.settings().get(Setting.COMPATIBILITY);
            try {
                SchemaCompatibility.check(
                        mode, current.valueSchema(), comparison.next().valueSchema());
                return result(true, "The value schema is compatible (" + mode.label() + ").");
            } catch (InvalidInputException e) {
                return result(false, String.valueOf(e.getMessage()));
            }
        });
    }

    private GateResult result(boolean passed, String words) {
        return new GateResult(name(), passed, Optional.empty(), Optional.empty(), words);
    }
}
