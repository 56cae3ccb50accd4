package io.slipway.model;

import java.util.regex.Pattern;

/**
 * The name of a dataset: {@code [a-z][a-z0-9-]{0,62}}, so that it fits a path, a URL and a topic name unescaped.
 *
 * @param value the name
 */
public record DatasetName(String value) implements Comparable<DatasetName> {

    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /**
     * Checks the shape.
     *
     * @throws InvalidInputException if the name is not of that shape
     */
    public DatasetName {
        if (!isValid(value)) {
            throw new InvalidInputException(
                    "'" + value
                            + "' is not a dataset name. Use a lower-case letter, then up to 62 lower-case letters, digits and hyphens.");
        }
    }

    /** Whether {@code value} is of the shape of a dataset name. */
    public static boolean isValid(String value) {
        return SHAPE.matcher(value).matches();
    }

    @Override
    public int compareTo(DatasetName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
