package io.slipway.batch.shuffle;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A file of sorted records, complete and closed.
 *
 * <pre>
 *   blocks of partition 0 │ blocks of partition 1 │ … │ index │ trailer
 *   block:   records' bytes, stored bytes, CRC-32C of these two and the stored bytes (4 each) │ stored bytes (LZ4, or
 *            as they are if that is no shorter)
 *   record:  key length, value length (in groups of seven bits) │ key │ value
 *   index:   for each partition where it ends in the file (8), and its records (8)
 *   trailer: number of partitions (4), CRC-32C of the index (4), "SLIPRUN1"
 * </pre>
 *
 * Numbers are big-endian.
 */
public final class Run {

    static final int BLOCK_HEADER_BYTES = 12;
    static final byte[] MAGIC = "SLIPRUN1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Path file;
    private final long[] ends;
    private final long[] records;
    private final List<byte[]> samples;

    Run(Path file, long[] ends, long[] records, List<byte[]> samples) {
        this.file = file;
        this.ends = ends;
        this.records = records;
        this.samples = samples;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** How many records a partition has in this run. */
    public long records(int partition) {
        return records[partition];
    }

    /** How many records all partitions have in this run. */
    public long records() {
        return Arrays.stream(records).sum();
    }

    /** The beginnings of the first keys of the partitions, if these are {@link Slices}. */
    List<byte[]> samples() {
        return samples;
    }

    long start(int partition) {
        return partition == 0 ? 0 : ends[partition - 1];
    }

    long end(int partition) {
        return ends[partition];
    }
}
