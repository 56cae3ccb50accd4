package io.slipway.controller.gates;

import io.slipway.controller.gates.FieldGate.Drift;
import io.slipway.model.manifest.FieldStatistics;
import java.util.Optional;

/**
 * The measures of a field. Stateless.
 *
 * <p>Numbers are measured by the field's <em>scale</em>: the current version's range (greatest minus least) or the
 * magnitude of its mean, whichever is greater. The range alone would stop every field that grows with time, such as
 * seconds since an epoch, whose values of one day lie all outside the range of the day before; the mean alone would stop
 * every field around zero. The manifest has no standard deviation, which would be the better measure.
 */
final class FieldDrift {

    private FieldDrift() {}

    /** By how many percentage points the share of nulls rose. */
    static Optional<Drift> nulls(FieldStatistics before, FieldStatistics after) {
        if (before.values() == 0 || after.values() == 0) {
            return Optional.empty();
        }
        double then = 100.0 * before.nulls() / before.values();
        double now = 100.0 * after.nulls() / after.values();
        double points = Math.max(0, now - then);
        return Optional.of(new Drift(
                points,
                "The share of nulls in " + after.field() + " rose by " + Measured.number(points) + " points, from "
                        + Measured.percent(then) + " to " + Measured.percent(now)));
    }

    /** How far the mean moved. */
    static Optional<Drift> mean(FieldStatistics before, FieldStatistics after) {
        if (before.mean().isEmpty() || after.mean().isEmpty()) {
            return Optional.empty();
        }
        double then = before.mean().get();
        double now = after.mean().get();
        double percent = percent(Math.abs(now - then), before);
        return Optional.of(new Drift(
                percent,
                "The mean of " + after.field() + " moved by " + Measured.percent(percent) + " of its scale, from "
                        + Measured.number(then) + " to " + Measured.number(now)));
    }

    /** How far the values reach beyond the range there was. */
    static Optional<Drift> range(FieldStatistics before, FieldStatistics after) {
        if (before.least().isEmpty() || after.least().isEmpty()) {
            return Optional.empty();
        }
        double below = before.least().get() - after.least().get();
        double above = after.greatest().orElseThrow() - before.greatest().orElseThrow();
        double percent = percent(Math.max(0, Math.max(below, above)), before);
        return Optional.of(new Drift(
                percent,
                "The range of " + after.field() + " widened by " + Measured.percent(percent) + " of its scale, from "
                        + range(before) + " to " + range(after)));
    }

    private static String range(FieldStatistics field) {
        return Measured.number(field.least().orElseThrow()) + " … "
                + Measured.number(field.greatest().orElseThrow());
    }

    private static double percent(double distance, FieldStatistics before) {
        double range = before.greatest().orElse(0.0) - before.least().orElse(0.0);
        double scale = Math.max(range, Math.abs(before.mean().orElse(0.0)));
        return distance == 0 ? 0 : 100 * (distance / scale);
    }
}
