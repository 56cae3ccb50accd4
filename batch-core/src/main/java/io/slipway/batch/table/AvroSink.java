package io.slipway.batch.table;

import io.slipway.batch.type.BinaryOut;

/** Writes values in Avro binary. */
final class AvroSink implements ScalarSink {

    private final BinaryOut out;

    AvroSink(BinaryOut out) {
        this.out = out;
    }

    /** What is written to. */
    BinaryOut out() {
        return out;
    }

    /** Writes the number of a union's branch, or how many elements there are. */
    void ofIndex(int index) {
        out.writeLong(index);
    }

    @Override
    public void ofString(String value) {
        out.writeString(value);
    }

    @Override
    public void ofBytes(byte[] value) {
        out.writeBytes(value);
    }

    @Override
    public void ofFixed(byte[] value) {
        out.writeRaw(value, 0, value.length);
    }

    @Override
    public void ofBoolean(boolean value) {
        out.writeByte(value ? 1 : 0);
    }

    @Override
    public void ofInt(int value) {
        out.writeLong(value);
    }

    @Override
    public void ofLong(long value) {
        out.writeLong(value);
    }

    @Override
    public void ofFloat(float value) {
        out.writeLittle(Float.floatToIntBits(value), Float.BYTES);
    }

    @Override
    public void ofDouble(double value) {
        out.writeLittle(Double.doubleToLongBits(value), Double.BYTES);
    }
}
