package io.slipway.batch.shuffle;

import java.io.IOException;
import java.util.Arrays;

/** Those of sorted records whose keys are in a range. */
final class RangeCursor implements RecordCursor {

    private final RecordCursor records;
    private final KeyRange range;
    private boolean started;

    RangeCursor(RecordCursor records, KeyRange range) {
        this.records = records;
        this.range = range;
    }

    @Override
    public boolean next() throws IOException {
        boolean found = records.next();
        while (!started
                && found
                && range.from().isPresent()
                && isBefore(range.from().get())) {
            found = records.next();
        }
        started = true;
        return found && (range.to().isEmpty() || isBefore(range.to().get()));
    }

    @Override
    public byte[] keyArray() {
        return records.keyArray();
    }

    @Override
    public int keyOffset() {
        return records.keyOffset();
    }

    @Override
    public int keyLength() {
        return records.keyLength();
    }

    @Override
    public byte[] valueArray() {
        return records.valueArray();
    }

    @Override
    public int valueOffset() {
        return records.valueOffset();
    }

    @Override
    public int valueLength() {
        return records.valueLength();
    }

    @Override
    public void close() {
        records.close();
    }

    private boolean isBefore(byte[] key) {
        int offset = records.keyOffset();
        return Arrays.compareUnsigned(records.keyArray(), offset, offset + records.keyLength(), key, 0, key.length) < 0;
    }
}
