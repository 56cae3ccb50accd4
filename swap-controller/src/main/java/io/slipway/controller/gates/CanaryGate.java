package io.slipway.controller.gates;

import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.GateSettings;
import io.slipway.model.node.DataFindings;
import io.slipway.model.node.DataFindings.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** That single keys answer what they have to. */
record CanaryGate() implements Gate {

    private static final int MOST_NAMED = 3;
    private static final int MOST_CHARACTERS = 110;

    @Override
    public String name() {
        return Gate.name(GateSettings.CANARY);
    }

    @Override
    public Optional<GateResult> check(Comparison comparison) {
        int canaries = comparison.settings().get(GateSettings.CANARY).size();
        if (canaries == 0) {
            return Optional.empty();
        }
        List<Failure> failures =
                comparison.findings().map(DataFindings::failures).orElseThrow();
        return Optional.of(Measured.atMost(name(), failures.size(), 0, words(canaries, failures)));
    }

    private static String words(int canaries, List<Failure> failures) {
        String all = canaries == 1 ? "1 canary" : canaries + " canaries";
        if (failures.isEmpty()) {
            return "Of " + all + " none failed.";
        }
        List<String> named = new ArrayList<>();
        failures.stream()
                .limit(MOST_NAMED)
                .map(failure -> shortened(failure.canary() + " (" + failure.found() + ")"))
                .forEach(named::add);
        int others = failures.size() - named.size();
        if (others > 0) {
            named.add("and " + others + " more");
        }
        return "Of " + all + " " + failures.size() + " failed: " + String.join("; ", named) + ".";
    }

    private static String shortened(String words) {
        return words.length() <= MOST_CHARACTERS ? words : words.substring(0, MOST_CHARACTERS) + "…";
    }
}
