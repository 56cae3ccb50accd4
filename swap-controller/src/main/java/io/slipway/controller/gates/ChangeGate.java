package io.slipway.controller.gates;

import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.Setting;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * By how many percent a figure of a version fell or grew, of the current version's figure.
 *
 * @param limit the setting with the limit
 * @param what the figure in words, plural
 * @param direction which way is limited
 * @param figure finds it in both versions
 */
record ChangeGate(Setting<OptionalDouble> limit, String what, Direction direction, Figure figure) implements Gate {

    /** Finds a figure of both versions. */
    @FunctionalInterface
    interface Figure {

        /** The figure, if there is a current version and it can be told of both. */
        Optional<Change> of(Comparison comparison);
    }

    /**
     * A figure of both versions.
     *
     * @param before of the current version
     * @param after of the next
     */
    record Change(long before, long after) {}

    /** Which change is limited. */
    enum Direction {
        DROP("fell", -1),
        GROWTH("grew", 1);

        private final String verb;
        private final int sign;

        Direction(String verb, int sign) {
            this.verb = verb;
            this.sign = sign;
        }
    }

    @Override
    public String name() {
        return Gate.name(limit);
    }

    @Override
    public Optional<GateResult> check(Comparison comparison) {
        OptionalDouble most = comparison.limit(limit);
        if (most.isEmpty()) {
            return Optional.empty();
        }
        return figure.of(comparison)
                .filter(change -> change.before() > 0)
                .map(change -> result(change.before(), change.after(), most));
    }

    private GateResult result(long before, long after, OptionalDouble most) {
        double change = Math.max(0, direction.sign * 100.0 * ((double) after - before) / before);
        return Measured.atMost(name(), change, most.getAsDouble(), words(before, after, change, most));
    }

    private String words(long before, long after, double change, OptionalDouble most) {
        return "The " + what + " " + direction.verb + " by " + Measured.percent(change) + ", from "
                + Measured.count(before) + " to " + Measured.count(after) + "; the limit is "
                + Measured.percent(most.getAsDouble()) + ".";
    }
}
