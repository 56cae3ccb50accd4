package io.slipway.serving.access;

import io.slipway.model.InvalidInputException;

/**
 * Where the access log goes, and what is in it. Immutable.
 *
 * @param target a file, {@link #STANDARD_OUTPUT}, or {@link #NOWHERE}
 * @param paths how addresses are shown
 */
public record AccessLogSettings(String target, Paths paths) {

    /** The target of a log that is not written. */
    public static final String NOWHERE = "off";
    /** The target of a log that goes to the standard output. */
    public static final String STANDARD_OUTPUT = "-";
    /** No access log. */
    public static final AccessLogSettings OFF = new AccessLogSettings(NOWHERE, Paths.WITHOUT_KEYS);

    /**
     * Checks the target.
     *
     * @throws InvalidInputException if it cannot be a file
     */
    public AccessLogSettings {
        if (target.isBlank() || target.contains("%")) {
            throw new InvalidInputException("The access log cannot be '" + target
                    + "'. Name a file without a % in its path, - for the standard output, or off.");
        }
    }

    /** How addresses are shown. */
    public enum Paths {
        /** Without what may be a key of somebody's record. */
        WITHOUT_KEYS,
        /** As they were sent. */
        WITH_KEYS
    }

    /** These settings with another target. */
    public AccessLogSettings withTarget(String changed) {
        return new AccessLogSettings(changed, paths);
    }

    /** These settings with addresses shown in another way. */
    public AccessLogSettings withPaths(Paths changed) {
        return new AccessLogSettings(target, changed);
    }

    /** Whether there is a log. */
    public boolean isOn() {
        return !target.equals(NOWHERE);
    }
}
