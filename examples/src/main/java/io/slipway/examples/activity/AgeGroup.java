package io.slipway.examples.activity;

import io.slipway.examples.Viewer;
import java.util.Optional;

/** How old a viewer is, roughly. */
public enum AgeGroup {
    /** Up to 17. */
    UNDER_18,
    /** From 18 to 34. */
    FROM_18,
    /** From 35 to 54. */
    FROM_35,
    /** From 55 on. */
    FROM_55,
    /** Not told, or nothing is known of the viewer. */
    UNKNOWN;

    /** The group of a viewer in a year. */
    static AgeGroup of(Optional<Viewer> viewer, int year) {
        return viewer.flatMap(Viewer::birthYear).map(born -> ofAge(year - born)).orElse(UNKNOWN);
    }

    private static AgeGroup ofAge(int age) {
        if (age < 18) {
            return UNDER_18;
        }
        if (age < 35) {
            return FROM_18;
        }
        return age < 55 ? FROM_35 : FROM_55;
    }
}
