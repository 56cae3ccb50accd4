package io.slipway.batch.shuffle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one task attempt's records for one shuffle and makes sorted runs of them, in bounded memory. Nobody sees the
 * runs before {@link #finish}, and {@link #close} without it deletes them. Not thread-safe.
 */
public final class ShuffleWriter implements AutoCloseable {

    private final ShuffleSettings settings;
    private final int partitions;
    private final Optional<Combiner> combiner;
    private final SortBuffer buffer;
    private final List<Run> runs = new ArrayList<>();
    private boolean finished;

    /**
     * Creates a writer.
     *
     * @param settings where and how runs are written
     * @param memoryBytes how much memory the writer may take
     * @param partitions the number of partitions
     * @param combiner makes one value of those with one key, as far as they are in one run
     */
    public ShuffleWriter(ShuffleSettings settings, long memoryBytes, int partitions, Optional<Combiner> combiner) {
        this.settings = settings;
        this.partitions = partitions;
        this.combiner = combiner;
        this.buffer = new SortBuffer(settings.bufferBytes(memoryBytes), settings.pool());
    }

    /** Adds a record; the arrays are copied. */
    public void add(int partition, byte[] key, int ko, int keyLength, byte[] value, int vo, int valueLength)
            throws IOException {
        if (buffer.add(partition, key, ko, keyLength, value, vo, valueLength)) {
            return;
        }
        spill();
        if (!buffer.add(partition, key, ko, keyLength, value, vo, valueLength)) {
            write(writer -> writer.append(partition, key, ko, keyLength, value, vo, valueLength));
        }
    }

    /** The runs, in the order in which their records were added. */
    public List<Run> finish() throws IOException {
        spill();
        buffer.release();
        finished = true;
        return runs;
    }

    @Override
    public void close() {
        if (!finished) {
            buffer.release();
            runs.forEach(run -> settings.scratch().delete(run.file()));
        }
    }

    private void spill() throws IOException {
        if (buffer.count() == 0) {
            return;
        }
        buffer.sort(partitions);
        write(combiner.isPresent() ? this::writeCombined : this::writeAll);
        buffer.clear();
    }

    private void writeAll(RunWriter writer) throws IOException {
        byte[] memory = buffer.memory();
        for (int i = 0; i < buffer.count(); i++) {
            int record = buffer.record(i);
            int key = SortBuffer.key(record);
            int keyLength = SortBuffer.keyLength(memory, record);
            int valueLength = SortBuffer.valueLength(memory, record);
            writer.append(buffer.partition(i), memory, key, keyLength, memory, key + keyLength, valueLength);
        }
    }

    private void writeCombined(RunWriter writer) throws IOException {
        CombiningWriter combining = new CombiningWriter(writer, combiner.orElseThrow());
        byte[] memory = buffer.memory();
        for (int i = 0; i < buffer.count(); i++) {
            int record = buffer.record(i);
            int key = SortBuffer.key(record);
            int keyLength = SortBuffer.keyLength(memory, record);
            int valueLength = SortBuffer.valueLength(memory, record);
            combining.append(buffer.partition(i), memory, key, keyLength, memory, key + keyLength, valueLength);
        }
        combining.flush();
    }

    private void write(RunContent content) throws IOException {
        Path file = settings.scratch().newFile("run");
        try (RunWriter writer =
                new RunWriter(file, settings.scratch().write(file), partitions, settings.blockBytes())) {
            content.write(writer);
            runs.add(writer.finish());
            settings.metrics().add(buffer.count(), writer.bytes());
        } catch (IOException | RuntimeException e) {
            settings.scratch().delete(file);
            throw e;
        }
    }

    /** What goes into a run. */
    private interface RunContent {
        void write(RunWriter writer) throws IOException;
    }
}
