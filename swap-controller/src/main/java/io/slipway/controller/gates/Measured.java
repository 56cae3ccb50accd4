package io.slipway.controller.gates;

import io.slipway.model.catalog.GateResult;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;

/** Compares figures with limits, and puts both into words. Stateless. */
final class Measured {

    /** What the rounding of shares and differences may add to a figure that is exactly at its limit. */
    private static final double ROUNDING = 1e-9;

    private Measured() {}

    /** The result of a gate whose figure may be as high as its limit, and not higher. */
    static GateResult atMost(String gate, double figure, double limit, String found) {
        return result(gate, figure <= limit + ROUNDING, figure, limit, found);
    }

    /** The result of a gate whose figure may be as low as its limit, and not lower. */
    static GateResult atLeast(String gate, double figure, double limit, String found) {
        return result(gate, figure >= limit - ROUNDING, figure, limit, found);
    }

    private static GateResult result(String gate, boolean passed, double figure, double limit, String found) {
        return new GateResult(gate, passed, Optional.of(figure), Optional.of(limit), found);
    }

    static String percent(double figure) {
        return number(figure) + "%";
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A number for people: few digits, and never so few that it looks like a limit that it is above. */
    static String number(double figure) {
        if (Double.isInfinite(figure)) {
            return "infinitely many";
        }
        double magnitude = Math.abs(figure);
        boolean isPlain = figure == 0 || (magnitude >= 0.001 && magnitude < 1e15);
        String pattern = isPlain ? "#,##0.####" : "0.####E0";
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(figure);
    }
}
