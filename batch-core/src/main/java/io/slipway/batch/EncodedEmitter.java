package io.slipway.batch;

/** Takes encoded records. Used by one thread, within the function's call; the arrays are copied. */
public interface EncodedEmitter extends Counters, BadRecordTaker {

    /** Emits a record whose key and value are ranges of arrays. */
    void emit(byte[] key, int keyOffset, int keyLength, byte[] value, int valueOffset, int valueLength);

    /**
     * Emits the delete of a key, whose bytes are a range of an array.
     *
     * @throws io.slipway.model.InvalidInputException if what is published is not a delta
     */
    void emitDelete(byte[] key, int offset, int length);

    /** Emits a record. */
    default void emit(byte[] key, byte[] value) {
        emit(key, 0, key.length, value, 0, value.length);
    }
}
