package io.slipway.batch;

import io.slipway.model.InvalidInputException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An option of a {@link JobDefinition}, given on a command line as {@code --name VALUE}.
 *
 * @param name its name without the hyphens, in lower case with hyphens between words
 * @param valueName what stands for its value in the help: {@code FILE}
 * @param description what it is for, in one sentence
 * @param occurrence how often it is given
 * @param defaultValue its value where it is not given
 */
public record JobOption(
        String name, String valueName, String description, Occurrence occurrence, Optional<String> defaultValue) {

    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** How often an option is given. */
    public enum Occurrence {
        /** Exactly once. */
        ONCE,
        /** Once or not at all. */
        AT_MOST_ONCE,
        /** Once or more often; the values keep their order. */
        AT_LEAST_ONCE
    }

    /**
     * Checks the name.
     *
     * @throws InvalidInputException if it is not of the shape of an option's name
     */
    public JobOption {
        Objects.requireNonNull(valueName);
        Objects.requireNonNull(description);
        Objects.requireNonNull(occurrence);
        Objects.requireNonNull(defaultValue);
        if (!SHAPE.matcher(name).matches()) {
            throw new InvalidInputException(
                    "'" + name + "' is not the name of an option. Use lower-case words with hyphens between them.");
        }
    }

    /** An option that has to be given once. */
    public static JobOption required(String name, String valueName, String description) {
        return new JobOption(name, valueName, description, Occurrence.ONCE, Optional.empty());
    }

    /** An option that has to be given, once or more often. */
    public static JobOption repeated(String name, String valueName, String description) {
        return new JobOption(name, valueName, description, Occurrence.AT_LEAST_ONCE, Optional.empty());
    }

    /** An option that may be given. */
    public static JobOption optional(String name, String valueName, String description) {
        return new JobOption(name, valueName, description, Occurrence.AT_MOST_ONCE, Optional.empty());
    }

    /** An option that may be given, and else has a value. */
    public static JobOption optional(String name, String valueName, String defaultValue, String description) {
        return new JobOption(name, valueName, description, Occurrence.AT_MOST_ONCE, Optional.of(defaultValue));
    }
}
