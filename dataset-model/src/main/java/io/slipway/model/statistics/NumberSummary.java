package io.slipway.model.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.json.JsonFields;
import java.util.Optional;

/**
 * Count, least, greatest and sum of finite numbers. Least, greatest and sum are 0 if there are none; a sum beyond the
 * greatest finite double stays there, so that every figure is finite.
 */
record NumberSummary(long count, double least, double greatest, double sum) {

    static final NumberSummary EMPTY = new NumberSummary(0, 0, 0, 0);

    NumberSummary {
        sum = Math.max(-Double.MAX_VALUE, Math.min(sum, Double.MAX_VALUE));
    }

    NumberSummary merge(NumberSummary other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        return new NumberSummary(
                count + other.count, Math.min(least, other.least), Math.max(greatest, other.greatest), sum + other.sum);
    }

    Optional<Double> ifAny(double figure) {
        return count == 0 ? Optional.empty() : Optional.of(figure);
    }

    /** The mean, kept between least and greatest whatever was rounded. */
    Optional<Double> mean() {
        return ifAny(Math.max(least, Math.min(sum / count, greatest)));
    }

    void addTo(ObjectNode json) {
        json.put("numbers", count);
        if (count > 0) {
            json.put("least", least).put("greatest", greatest).put("sum", sum);
        }
    }

    static NumberSummary fromJson(JsonFields json, long most) {
        long count = json.integer("numbers");
        if (count < 0 || count > most) {
            throw json.damaged("numbers", "0 to " + most, count);
        }
        return count == 0
                ? EMPTY
                : new NumberSummary(count, number(json, "least"), number(json, "greatest"), number(json, "sum"));
    }

    private static double number(JsonFields json, String field) {
        return json.number(field)
                .filter(Double::isFinite)
                .orElseThrow(() -> json.damaged(field, "a finite number", "none"));
    }
}
