package io.slipway.model.value;

import io.slipway.model.CorruptDataException;
import org.apache.avro.Schema;

/**
 * Passes over encoded values of one schema without building anything. Immutable and thread-safe. Internal to
 * dataset-model: public only for its other packages.
 */
@FunctionalInterface
public interface ValueSkipper {

    /**
     * Passes over the value at the cursor.
     *
     * @throws CorruptDataException if there is none
     */
    void skip(BinaryCursor cursor);

    /** The skipper of a schema. */
    static ValueSkipper of(Schema schema) {
        return new SkipperCompiler().compile(schema);
    }
}
