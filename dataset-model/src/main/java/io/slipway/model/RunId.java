package io.slipway.model;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The caller's name for a publish. Within a dataset, the same run id published twice gives one version.
 *
 * @param value 1 to 200 characters: letters, digits and {@code . _ : + -}
 */
public record RunId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._:+-]{1,200}");

    /**
     * Checks the shape.
     *
     * @throws InvalidInputException if the run id is not of that shape
     */
    public RunId {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInputException(
                    "'" + value + "' is not a run id. Use 1 to 200 letters, digits and the characters . _ : + -");
        }
    }

    /** A run id that nobody else has. */
    public static RunId random() {
        return new RunId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
