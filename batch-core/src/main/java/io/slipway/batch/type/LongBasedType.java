package io.slipway.batch.type;

import org.apache.avro.Schema;

/** A scalar type that is written as a {@code long}. */
abstract class LongBasedType<T> extends FixedWidthType<T> {

    LongBasedType(Schema schema, String expected) {
        super(schema, expected);
    }

    abstract long toLong(T value);

    abstract T ofLong(long value);

    @Override
    public final void write(T value, BinaryOut out) {
        out.writeLong(toLong(value));
    }

    @Override
    public final T read(BinaryIn in) {
        return ofLong(in.readLong());
    }

    @Override
    final void writePlainKey(T value, BinaryOut out) {
        out.writeBig(toLong(value) ^ Long.MIN_VALUE, Long.BYTES);
    }

    @Override
    final T ofKeyValue(Object value) {
        return ofLong((Long) value);
    }
}
