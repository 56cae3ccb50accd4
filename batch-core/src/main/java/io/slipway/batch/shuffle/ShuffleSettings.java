package io.slipway.batch.shuffle;

/**
 * Where and how runs are written and read. Thread-safe.
 *
 * @param scratch where the files are
 * @param blockBytes how many bytes of records make a block: larger ones compress better, and merging needs two of them
 *     in memory for each run
 * @param pool arrays to be used again
 * @param sizes how large the records are
 * @param metrics what is counted
 */
public record ShuffleSettings(
        Scratch scratch, int blockBytes, MemoryPool pool, RecordSizes sizes, ShuffleMetrics metrics) {

    private static final int LEAST_PAGES = 4;
    private static final int BLOCKS_OF_A_WRITER = 6;
    private static final int CURSOR_BYTES = 512;

    /** The same, but counting a part of the whole by itself as well. */
    public ShuffleSettings forPart() {
        return new ShuffleSettings(scratch, blockBytes, pool, sizes, new ShuffleMetrics(metrics));
    }

    /**
     * How large the sort buffer may be at this moment of a writer that may take so much memory; the rest is for writing,
     * and for what is held of large records.
     */
    long bufferBytes(long memoryBytes) {
        long others = (long) BLOCKS_OF_A_WRITER * blockBytes + sizes.reserveBytes();
        return Math.max(LEAST_PAGES * (long) pool.pageBytes(), memoryBytes - others);
    }

    /** How much memory it takes to read a run. */
    long readingBytes(Run run) {
        return 2L * Math.max(blockBytes, run.largestBlock()) + CURSOR_BYTES;
    }
}
