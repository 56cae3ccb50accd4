package io.slipway.serving.ingest;

import io.slipway.kafka.read.AttemptStages.AttemptStage;
import io.slipway.model.manifest.FileEntry;
import io.slipway.serving.ingest.Checkpoint.Kept;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One attempt in files. As long as its keys ascend, changes go straight into them; from the first that does not on, they are
 * sorted in memory, as many as fit, and each file is a run of its own, which are merged if the attempt counts. An attempt
 * with a key twice does not count, and nothing is kept of it but that key. Used by one thread.
 */
final class StagedAttempt implements AttemptStage {

    private final PartitionStages partition;
    private final SortedFiles output;
    private final long startOffset;
    private final List<FileEntry> files = new ArrayList<>();
    private final SortBuffer buffer = new SortBuffer();
    private final KeyOrder order = new KeyOrder();
    private boolean ascending;
    private Optional<String> twice;

    /**
     * An attempt that begins or goes on.
     *
     * @param partition all of the partition
     * @param output where its changes go
     * @param before what is kept of it already
     */
    StagedAttempt(PartitionStages partition, SortedFiles output, Kept before) {
        this.partition = partition;
        this.output = output;
        this.startOffset = before.startOffset();
        this.ascending = before.ascending();
        this.twice = before.twice();
        files.addAll(before.files());
        files.stream()
                .map(FileEntry::greatestKey)
                .max(Comparator.naturalOrder())
                .ifPresent(this::lastKeyWas);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        partition.took(key.length + value.length);
        if (!isKept(key)) {
            return;
        }
        if (ascending) {
            output.put(key, value);
        } else {
            buffer.put(key, value);
            writeRunIfFull();
        }
    }

    @Override
    public void delete(byte[] key) {
        partition.took(key.length);
        if (!isKept(key)) {
            return;
        }
        if (ascending) {
            output.delete(key);
        } else {
            buffer.delete(key);
            writeRunIfFull();
        }
    }

    @Override
    public void end() {
        flush();
    }

    @Override
    public void drop() {
        keepNothing();
        partition.forget(startOffset);
    }

    /** Has all that was taken in files that are whole and durable. */
    void flush() {
        if (!ascending) {
            writeRun();
        }
        files.addAll(output.finish());
    }

    /** What is kept of it, {@linkplain #flush flushed}. */
    Kept kept() {
        return new Kept(startOffset, ascending, twice, files);
    }

    /**
     * Makes one sequence of files of the runs, if there are any.
     *
     * @throws java.util.concurrent.CancellationException if it was cancelled
     */
    void merge(Path folder, BooleanSupplier cancelled) {
        if (ascending || twice.isPresent()) {
            return;
        }
        RunMerge merge = new RunMerge(output, cancelled);
        List<FileEntry> merged = merge.merge(folder, files);
        partition.discard(files);
        files.clear();
        files.addAll(merged);
        ascending = true;
        merge.twice().ifPresent(this::isTwice);
    }

    /** The least that closing has to do: files that are not whole go. */
    void close() {
        output.close();
    }

    private boolean isKept(byte[] key) {
        if (ascending && twice.isEmpty()) {
            int step = order.next(key);
            if (step == 0) {
                isTwice(key);
            } else if (step < 0) {
                files.addAll(output.finish());
                ascending = false;
            }
        }
        return twice.isEmpty();
    }

    private void writeRunIfFull() {
        if (buffer.isFull()) {
            writeRun();
            files.addAll(output.finish());
        }
    }

    private void writeRun() {
        KeyOrder run = new KeyOrder();
        for (SortBuffer.Change change : buffer.drain()) {
            if (run.next(change.key()) == 0) {
                isTwice(change.key());
                return;
            }
            change.value().ifPresentOrElse(value -> output.put(change.key(), value), () -> output.delete(change.key()));
        }
    }

    private void isTwice(byte[] key) {
        twice = Optional.of(HexFormat.of().formatHex(key));
        keepNothing();
    }

    private void keepNothing() {
        output.close();
        buffer.clear();
        partition.discard(files);
        files.clear();
    }

    private void lastKeyWas(String hex) {
        int unused = order.next(HexFormat.of().parseHex(hex));
    }
}
