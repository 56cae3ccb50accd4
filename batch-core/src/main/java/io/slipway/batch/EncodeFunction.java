package io.slipway.batch;

import java.io.Serializable;

/** Makes any number of encoded records of one, for {@link Flow#publishEncoded}. */
@FunctionalInterface
public interface EncodeFunction<T> extends Serializable {

    /** Emits what becomes of a record. */
    void encode(T record, EncodedEmitter out);
}
