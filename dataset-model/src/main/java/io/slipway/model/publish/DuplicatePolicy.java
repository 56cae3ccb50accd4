package io.slipway.model.publish;

import io.slipway.model.InvalidInputException;
import java.util.Locale;

/** What becomes of several records with one key. The order is that of the input: files as given, then position. */
public enum DuplicatePolicy {
    /** The publish fails, naming the key. */
    FAIL,
    /** The first record stays. */
    FIRST,
    /** The last record stays. */
    LAST,
    /** A function of the job makes one record of them. */
    MERGE;

    /** The name as users write it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name as users write it.
     *
     * @throws InvalidInputException if there is no such policy
     */
    public static DuplicatePolicy of(String label) {
        for (DuplicatePolicy policy : values()) {
            if (policy.label().equals(label)) {
                return policy;
            }
        }
        throw new InvalidInputException("'" + label + "' is not a duplicate policy. Use fail, first or last.");
    }
}
