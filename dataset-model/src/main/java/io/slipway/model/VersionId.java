package io.slipway.model;

import java.util.Comparator;

/**
 * One version of one dataset.
 *
 * @param dataset the dataset
 * @param number the version's number: 1, 2, 3 …, never reused
 */
public record VersionId(DatasetName dataset, long number) implements Comparable<VersionId> {

    private static final Comparator<VersionId> ORDER =
            Comparator.comparing(VersionId::dataset).thenComparingLong(VersionId::number);

    /**
     * Checks the number.
     *
     * @throws InvalidInputException if the number is not positive
     */
    public VersionId {
        if (number < 1) {
            throw new InvalidInputException(
                    "Version " + number + " of " + dataset + " cannot be. Versions are numbered from 1.");
        }
    }

    @Override
    public int compareTo(VersionId other) {
        return ORDER.compare(this, other);
    }

    /** For messages: {@code version 7 of route-delays}. */
    @Override
    public String toString() {
        return "version " + number + " of " + dataset;
    }
}
