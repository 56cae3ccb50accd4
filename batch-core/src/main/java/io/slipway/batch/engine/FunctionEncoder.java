package io.slipway.batch.engine;

import io.slipway.batch.BadRecord;
import io.slipway.batch.EncodeFunction;
import io.slipway.batch.EncodedEmitter;
import io.slipway.batch.plan.EncodedOutput;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Has a function of the job encode. */
final class FunctionEncoder implements ShuffleExit.RecordEncoder, EncodedEmitter {

    private final EdgeWriter writer;
    private final EncodeFunction<Object> function;
    private final Attempt attempt;
    private final Optional<Changes> changes;
    private final DatasetName dataset;

    FunctionEncoder(EdgeWriter writer, EncodedOutput output, Attempt attempt) {
        this.writer = writer;
        this.function = output.encoder();
        this.attempt = attempt;
        this.changes = output.publication().isDelta() ? Optional.of(new Changes()) : Optional.empty();
        this.dataset = output.publication().dataset();
    }

    @Override
    public void receive(Object key, Object value) {
        function.encode(value, this);
    }

    @Override
    public void emit(byte[] key, int ko, int keyLength, byte[] value, int vo, int valueLength) {
        if (changes.isPresent()) {
            write(key, ko, keyLength, changes.get().put(value, vo, valueLength), 0, valueLength + 1);
        } else {
            write(key, ko, keyLength, value, vo, valueLength);
        }
    }

    @Override
    public void emitDelete(byte[] key, int offset, int length) {
        if (changes.isEmpty()) {
            throw new InvalidInputException(
                    "A key of " + dataset + " cannot be deleted: what is published is not a delta. Publish it as one.");
        }
        write(key, offset, length, Changes.delete(), 0, Changes.delete().length);
    }

    private void write(byte[] key, int ko, int keyLength, byte[] value, int vo, int valueLength) {
        try {
            writer.write(key, ko, keyLength, value, vo, valueLength);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void refuse(Supplier<BadRecord> record, String remedy) {
        attempt.refuse(record, remedy);
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
