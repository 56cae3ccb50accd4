package io.slipway.batch.type;

import org.apache.avro.Schema;

/** A scalar type all of whose keys take the same number of bytes. */
abstract class FixedWidthType<T> extends ScalarType<T> {

    FixedWidthType(Schema schema, String expected) {
        super(schema, expected);
    }

    @Override
    final boolean hasFixedWidth() {
        return true;
    }
}
