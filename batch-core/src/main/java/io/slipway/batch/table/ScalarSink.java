package io.slipway.batch.table;

/** Takes one value without parts. Used by one thread. */
interface ScalarSink {

    void ofString(String value);

    void ofBytes(byte[] value);

    /** Bytes of which every value has the same number. */
    void ofFixed(byte[] value);

    void ofBoolean(boolean value);

    void ofInt(int value);

    void ofLong(long value);

    void ofFloat(float value);

    void ofDouble(double value);
}
