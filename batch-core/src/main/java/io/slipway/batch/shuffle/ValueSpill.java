package io.slipway.batch.shuffle;

import io.slipway.batch.type.BinaryIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Encoded values in a scratch file: first all are added, then they can be gone through as often as need be, in the
 * order they were added in. The file is there from the first value to {@link #close}. Used by one thread.
 */
public final class ValueSpill implements AutoCloseable {

    private static final byte[] NO_KEY = {};

    private final ShuffleSettings settings;
    private final Path file;
    private final RunWriter writer;
    private Optional<Run> run = Optional.empty();
    private long values;

    /** Creates the file. */
    public ValueSpill(ShuffleSettings settings) throws IOException {
        this.settings = settings;
        this.file = settings.scratch().newFile("values");
        this.writer = new RunWriter(file, settings.scratch().write(file), 1, settings.blockBytes());
    }

    /** Adds a value; the array is copied. */
    public void add(byte[] value, int offset, int length) throws IOException {
        writer.append(0, NO_KEY, 0, 0, value, offset, length);
        values++;
    }

    /** Ends adding. */
    public void complete() throws IOException {
        run = Optional.of(writer.finish());
        settings.metrics().add(values, writer.bytes());
    }

    /** Takes the values one by one. */
    @FunctionalInterface
    public interface Taker {

        /** Takes a value, to be read within this call. */
        void take(BinaryIn value);
    }

    /** Goes through all values. */
    public void forEach(Taker taker) throws IOException {
        BinaryIn value = new BinaryIn();
        Segment all = Segment.of(run.orElseThrow(), 0, Segment.Life.OWN);
        try (RunCursor cursor = all.open(settings)) {
            while (cursor.next()) {
                taker.take(value.set(cursor.valueArray(), cursor.valueOffset(), cursor.valueLength()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            writer.close();
        } finally {
            settings.scratch().delete(file);
        }
    }
}
