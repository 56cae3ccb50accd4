package io.slipway.batch.shuffle;

import io.slipway.batch.shuffle.SortBuffer.SortedRecords;
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
    private final boolean slices;
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
        this(settings, memoryBytes, partitions, combiner, false);
    }

    private ShuffleWriter(
            ShuffleSettings settings, long memoryBytes, int partitions, Optional<Combiner> combiner, boolean slices) {
        this.settings = settings;
        this.partitions = partitions;
        this.combiner = combiner;
        this.slices = slices;
        this.buffer = new SortBuffer(() -> settings.bufferBytes(memoryBytes), settings.pool());
    }

    /**
     * A writer for a total sort: all records belong to partition 0, and runs are such that {@link KeyRange#cut} can
     * choose ranges, and {@link ShuffleReader#open(ShuffleSettings, long, List, KeyRange)} read them.
     *
     * @param settings where and how runs are written
     * @param memoryBytes how much memory the writer may take
     * @param most how many samples are taken of a run
     */
    public static ShuffleWriter sliced(ShuffleSettings settings, long memoryBytes, int most) {
        return new ShuffleWriter(settings, memoryBytes, most, Optional.empty(), true);
    }

    /**
     * Adds a record; the arrays are copied.
     *
     * @throws io.slipway.model.InvalidInputException if it is too large for the memory
     */
    public void add(int partition, byte[] key, int ko, int keyLength, byte[] value, int vo, int valueLength)
            throws IOException {
        settings.sizes().meetEncoded(keyLength, valueLength);
        if (buffer.add(partition, key, ko, keyLength, value, vo, valueLength)) {
            return;
        }
        spill();
        if (!buffer.add(partition, key, ko, keyLength, value, vo, valueLength)) {
            write(writer -> into(writer, 1).accept(partition, key, ko, keyLength, value, vo, valueLength));
        }
    }

    /** Writes what is buffered if that has become too much, because records have turned out to be large. */
    public void makeRoom() throws IOException {
        if (buffer.isOver()) {
            spill();
        }
    }

    /** The runs, in the order in which their records were added. */
    public List<Run> finish() throws IOException {
        spill();
        buffer.clear();
        finished = true;
        return runs;
    }

    @Override
    public void close() {
        if (!finished) {
            buffer.clear();
            runs.forEach(run -> settings.scratch().delete(run.file()));
        }
    }

    private void spill() throws IOException {
        if (buffer.count() == 0) {
            return;
        }
        SortedRecords records = buffer.sort(slices ? 1 : partitions);
        write(
                combiner.isPresent()
                        ? writer -> writeCombined(records, writer)
                        : writer -> records.forEach(buffer.count(), into(writer, buffer.count())));
        buffer.clear();
    }

    private SortBuffer.RecordConsumer into(RunWriter writer, int records) {
        return slices ? new Slices(writer, records, partitions) : writer::append;
    }

    private void writeCombined(SortedRecords records, RunWriter writer) throws IOException {
        CombiningWriter combining = new CombiningWriter(writer, combiner.orElseThrow());
        records.forEach(buffer.count(), combining::append);
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
