package io.slipway.controller.gates;

import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.Setting;
import io.slipway.model.manifest.FieldStatistics;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far the values of a field have moved from those of the current version. Each field that both versions have is
 * measured; the result is that of the field that moved most.
 *
 * @param limit the setting with the limit
 * @param measure measures a field
 */
record FieldGate(Setting<OptionalDouble> limit, Measure measure) implements Gate {

    /** Measures how far a field has moved, if it has figures that can be compared. */
    @FunctionalInterface
    interface Measure {
        Optional<Drift> of(FieldStatistics before, FieldStatistics after);
    }

    /**
     * How far a field has moved.
     *
     * @param percent how far
     * @param words what moved from where to where, as the beginning of a sentence
     */
    record Drift(double percent, String words) {}

    @Override
    public String name() {
        return Gate.name(limit);
    }

    @Override
    public Optional<GateResult> check(Comparison comparison) {
        OptionalDouble most = comparison.limit(limit);
        if (most.isEmpty() || comparison.current().isEmpty() || !comparison.isOfFullVersions()) {
            return Optional.empty();
        }
        List<FieldStatistics> fields = comparison.next().fields();
        return comparison.current().get().fields().stream()
                .flatMap(before -> fields.stream()
                        .filter(after -> after.field().equals(before.field()))
                        .flatMap(after -> measure.of(before, after).stream()))
                .max(Comparator.comparingDouble(Drift::percent))
                .map(worst -> Measured.atMost(name(), worst.percent(), most.getAsDouble(), words(worst, most)));
    }

    private static String words(Drift worst, OptionalDouble most) {
        return worst.words() + "; the limit is " + Measured.percent(most.getAsDouble()) + ".";
    }
}
