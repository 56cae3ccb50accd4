package io.slipway.batch.shuffle;

/**
 * Where and how runs are written and read. Thread-safe.
 *
 * @param scratch where the files are
 * @param blockBytes how many bytes of records make a block: larger ones compress better, and merging needs two of them
 *     in memory for each run
 * @param pool arrays to be used again
 * @param metrics what is counted
 */
public record ShuffleSettings(Scratch scratch, int blockBytes, MemoryPool pool, ShuffleMetrics metrics) {

    private static final int LEAST_PAGES = 4;
    private static final int BLOCKS_OF_A_WRITER = 6;

    /** How large the sort buffer is of a writer that may take so much memory; the rest is for writing. */
    long bufferBytes(long memoryBytes) {
        return Math.max(LEAST_PAGES * (long) pool.pageBytes(), memoryBytes - (long) BLOCKS_OF_A_WRITER * blockBytes);
    }

    /** How many runs can be merged at once in so much memory. */
    int fanIn(long memoryBytes) {
        return (int) Math.max(2, Math.min(1 << 16, memoryBytes / (2L * blockBytes + 512)));
    }
}
