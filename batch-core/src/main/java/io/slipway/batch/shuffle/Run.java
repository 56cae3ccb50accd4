package io.slipway.batch.shuffle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of sorted records, complete and closed. The file says all about itself, so that {@link #open} can take it up
 * again in another process.
 *
 * <pre>
 *   blocks of partition 0 │ blocks of partition 1 │ … │ index │ trailer
 *   block:   records' bytes, stored bytes, CRC-32C of these two and the stored bytes (4 each) │ stored bytes (LZ4, or
 *            as they are if that is no shorter)
 *   record:  key length, value length (in groups of seven bits) │ key │ value
 *   index:   for each partition where it ends in the file (8), and its records (8) │ how many bytes the largest
 *            block has unpacked (4) │ for each slice of a total sort the length of its sample (4), and the sample
 *   trailer: number of partitions (4), bytes of the index (4), CRC-32C of the index and these two (4), "SLIPRUN1"
 * </pre>
 *
 * Numbers are big-endian.
 */
public final class Run {

    static final int BLOCK_HEADER_BYTES = 12;

    private final Path file;
    private final long bytes;
    private final RunIndex index;

    Run(Path file, long bytes, RunIndex index) {
        this.file = file;
        this.bytes = bytes;
        this.index = index;
    }

    /**
     * Takes up a file that was completed before, by its index; its records are verified as they are read.
     *
     * @throws IOException if it is not there or cannot be read
     * @throws io.slipway.model.CorruptDataException if its end is not that of a run
     */
    public static Run open(Scratch scratch, Path file) throws IOException {
        try (FileChannel channel = scratch.read(file)) {
            return new Run(file, channel.size(), RunIndex.read(file, channel));
        }
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** How long the file is. */
    public long bytes() {
        return bytes;
    }

    /** How many records a partition has in this run. */
    public long records(int partition) {
        return index.records(partition);
    }

    /** How many records all partitions have in this run. */
    public long records() {
        return index.records();
    }

    /** How many bytes the largest block has unpacked. */
    int largestBlock() {
        return index.largestBlock();
    }

    /** The beginnings of the first keys of the partitions, if these are {@link Slices}. */
    List<byte[]> samples() {
        return index.samples();
    }

    long start(int partition) {
        return index.start(partition);
    }

    long end(int partition) {
        return index.end(partition);
    }
}
