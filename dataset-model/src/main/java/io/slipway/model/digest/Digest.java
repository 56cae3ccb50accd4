package io.slipway.model.digest;

import io.slipway.model.InvalidInputException;
import java.util.regex.Pattern;

/**
 * What a set of records sums up to, whatever their order: the sum modulo 2^64 of their 64-bit hashes, and their number.
 * The digest of a version is the sum over its partitions.
 *
 * @param sum the sum of the records' hashes
 * @param records the number of records
 */
public record Digest(long sum, long records) {

    /** The digest of no records. */
    public static final Digest EMPTY = new Digest(0, 0);

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{16}");

    /** The digest of the records of both. */
    public Digest plus(Digest other) {
        return new Digest(sum + other.sum, records + other.records);
    }

    /** The digest of these records without others, all of which are among them. */
    public Digest minus(Digest others) {
        return new Digest(sum - others.sum, records - others.records);
    }

    /** The sum as 16 hex digits. */
    public String hex() {
        return String.format("%016x", sum);
    }

    /**
     * Reads a digest from its parts.
     *
     * @param hex 16 hex digits
     * @param records the number of records
     * @throws InvalidInputException if it is not 16 hex digits
     */
    public static Digest of(String hex, long records) {
        if (!HEX.matcher(hex).matches()) {
            throw new InvalidInputException("'" + hex + "' is not a digest. It has 16 hex digits.");
        }
        return new Digest(Long.parseUnsignedLong(hex, 16), records);
    }

    @Override
    public String toString() {
        return hex() + " of " + records + " records";
    }
}
