package io.slipway.model.value;

/** Encodes data of one schema. Immutable and thread-safe. */
abstract class EncodeStep {

    /**
     * Encodes a datum.
     *
     * @throws MismatchException if it does not fit
     */
    abstract void encode(Object datum, BinaryBuffer out);

    /** Whether the datum is in the Java type that Avro itself reads for the schema: the choice in a union. */
    abstract boolean isExact(Object datum);

    /** Whether the datum is acceptable: exact, or of a type that widens to it without loss. */
    boolean isAcceptable(Object datum) {
        return isExact(datum);
    }
}
