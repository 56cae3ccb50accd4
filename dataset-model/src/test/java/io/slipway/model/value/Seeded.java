package io.slipway.model.value;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs a property over many random generators. Each has a seed of its own, fixed so that a build is repeatable, and the
 * message of a failure names it; {@code -Dslipway.seed=…} then runs that one alone.
 */
public final class Seeded {

    private Seeded() {}

    /** Runs the property with so many seeds. */
    public static void times(int cases, Consumer<Random> property) {
        Long only = Long.getLong("slipway.seed");
        for (long seed = 0; seed < cases; seed++) {
            long used = only == null ? seed * 0x9e3779b97f4a7c15L + 1 : only;
            try {
                property.accept(new Random(used));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("With -Dslipway.seed=" + used + ": " + e.getMessage(), e);
            }
        }
    }
}
