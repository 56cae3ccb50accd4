package io.slipway.batch.shuffle;

/** Goes through nothing. */
final class EmptyCursor implements RecordCursor {

    private static final byte[] NOTHING = {};

    @Override
    public boolean next() {
        return false;
    }

    @Override
    public byte[] keyArray() {
        return NOTHING;
    }

    @Override
    public int keyOffset() {
        return 0;
    }

    @Override
    public int keyLength() {
        return 0;
    }

    @Override
    public byte[] valueArray() {
        return NOTHING;
    }

    @Override
    public int valueOffset() {
        return 0;
    }

    @Override
    public int valueLength() {
        return 0;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
