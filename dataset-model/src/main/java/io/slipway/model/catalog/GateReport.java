package io.slipway.model.catalog;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What the gates found when they compared a version with the one that was current. Immutable.
 *
 * @param against the version that was current, or none for a first publication
 * @param results one for each gate that ran
 */
public record GateReport(OptionalLong against, List<GateResult> results) {

    /** Takes a copy of the list. */
    public GateReport {
        results = List.copyOf(results);
    }

    /** Whether a gate holds the version. */
    public boolean isHeld() {
        return results.stream().anyMatch(result -> !result.passed());
    }

    /** Why the version is held, a sentence for each gate; empty if it is not. */
    public String reason() {
        return results.stream()
                .filter(result -> !result.passed())
                .map(GateResult::message)
                .collect(Collectors.joining(" "));
    }
}
