package io.slipway.batch;

/** Takes encoded records. Used by one thread, within the function's call; the arrays are copied. */
public interface EncodedEmitter extends Counters {

    /** Emits a record whose key and value are ranges of arrays. */
    void emit(byte[] key, int keyOffset, int keyLength, byte[] value, int valueOffset, int valueLength);

    /** Emits a record. */
    default void emit(byte[] key, byte[] value) {
        emit(key, 0, key.length, value, 0, value.length);
    }
}
