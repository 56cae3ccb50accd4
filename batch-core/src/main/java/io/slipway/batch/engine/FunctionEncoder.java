package io.slipway.batch.engine;

import io.slipway.batch.EncodeFunction;
import io.slipway.batch.EncodedEmitter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Has a function of the job encode. */
final class FunctionEncoder implements ShuffleExit.RecordEncoder, EncodedEmitter {

    private final EdgeWriter writer;
    private final EncodeFunction<Object> function;
    private final Attempt attempt;

    FunctionEncoder(EdgeWriter writer, EncodeFunction<Object> function, Attempt attempt) {
        this.writer = writer;
        this.function = function;
        this.attempt = attempt;
    }

    @Override
    public void receive(Object key, Object value) {
        function.encode(value, this);
    }

    @Override
    public void emit(byte[] key, int ko, int keyLength, byte[] value, int vo, int valueLength) {
        try {
            writer.write(key, ko, keyLength, value, vo, valueLength);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void count(String counter, long delta) {
        attempt.count(counter, delta);
    }

    @Override
    public void finish() {
        // Nothing is held back.
    }
}
