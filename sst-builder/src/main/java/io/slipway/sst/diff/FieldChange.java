package io.slipway.sst.diff;

import java.util.Locale;

/**
 * How much of one field of the value changed.
 *
 * @param field its name; {@code value} for values that are not records
 * @param presence which of the versions have it
 * @param changed at how many of the keys that both versions have its value differs; 0 if only one version has the field
 */
public record FieldChange(String field, Presence presence, long changed) {

    /** Which versions have a field. */
    public enum Presence {
        /** Both, of the same type. */
        BOTH,
        /** Both, of different types. */
        RETYPED,
        /** Only the newer one. */
        ADDED,
        /** Only the older one. */
        REMOVED;

        /** The name as users see it: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
