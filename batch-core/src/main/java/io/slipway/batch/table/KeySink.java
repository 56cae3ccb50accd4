package io.slipway.batch.table;

import io.slipway.batch.type.BinaryOut;

/** Writes values as keys or fields of record keys: {@code spec/key-encoding.md}. */
final class KeySink implements ScalarSink {

    private static final int ESCAPE = 0x00;
    private static final int ESCAPED_ZERO = 0xff;
    private static final int TERMINATOR = 0x01;

    private final BinaryOut out;
    private final Place place;

    /** What is written. */
    enum Place {
        /** Keys of one value each, which end where the bytes end. */
        WHOLE_KEY,
        /** Fields, which are terminated unless all have one width. */
        FIELD
    }

    KeySink(BinaryOut out, Place place) {
        this.out = out;
        this.place = place;
    }

    @Override
    public void ofString(String value) {
        if (place == Place.WHOLE_KEY) {
            out.writeUtf8(value);
            return;
        }
        int from = 0;
        for (int zero = value.indexOf('\0'); zero >= 0; zero = value.indexOf('\0', from)) {
            out.writeUtf8(value.substring(from, zero));
            out.writeByte(ESCAPE);
            out.writeByte(ESCAPED_ZERO);
            from = zero + 1;
        }
        out.writeUtf8(from == 0 ? value : value.substring(from));
        terminate();
    }

    @Override
    public void ofBytes(byte[] value) {
        if (place == Place.WHOLE_KEY) {
            out.writeRaw(value, 0, value.length);
            return;
        }
        for (byte b : value) {
            out.writeByte(b);
            if (b == ESCAPE) {
                out.writeByte(ESCAPED_ZERO);
            }
        }
        terminate();
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
        out.writeBig(value ^ Integer.MIN_VALUE, Integer.BYTES);
    }

    @Override
    public void ofLong(long value) {
        out.writeBig(value ^ Long.MIN_VALUE, Long.BYTES);
    }

    @Override
    public void ofFloat(float value) {
        int bits = Float.floatToIntBits(value + 0.0f);
        out.writeBig(bits ^ (bits >> 31 | Integer.MIN_VALUE), Float.BYTES);
    }

    @Override
    public void ofDouble(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        out.writeBig(bits ^ (bits >> 63 | Long.MIN_VALUE), Double.BYTES);
    }

    private void terminate() {
        out.writeByte(ESCAPE);
        out.writeByte(TERMINATOR);
    }
}
