package io.slipway.kafka.read;

/** Is shown the records of a version: of a full one all of them, of a delta its changes. */
public interface ChangeVisitor {

    /** Takes a record, which of a delta replaces the one with its key; the arrays are the visitor's. */
    void put(byte[] key, byte[] value);

    /** Takes the delete of a key, which only deltas have; the array is the visitor's. */
    void delete(byte[] key);
}
