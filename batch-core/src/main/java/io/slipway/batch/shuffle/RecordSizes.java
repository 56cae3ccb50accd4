package io.slipway.batch.shuffle;

import io.slipway.model.InvalidInputException;

/**
 * How large the records of a run are, as far as they have been met, so that buffers make room for large ones in time.
 * Thread-safe.
 *
 * <p>Most records are small beside the blocks of runs, and what is held of them counts for nothing. A large one is held
 * several times over while it goes through a task: on the way in by the source, as a text and in a parser's buffers; then
 * encoded, in a page of its own and in the block that is written; on the way out in the stored and in the unpacked blocks
 * of the runs that are merged, and by the writer of a partition. That is {@value #COPIES} times its size at most, so
 * many bytes are left free of sort buffers for the largest record so far, and so large a record may be that this fits
 * into every task's share of the memory, with the {@value #SPARE_BYTES} bytes that the JVM's heap has beyond it:
 *
 * <pre>
 *   largest record = (memory + spare) / (tasks × copies)
 * </pre>
 *
 * <p>Records of 16 MiB so need 256 MiB for two tasks at once.
 */
public final class RecordSizes {

    /** Records up to this size are small. */
    private static final int SMALL_BYTES = 1 << 16;

    private static final int COPIES = 9;
    private static final long SPARE_BYTES = 32L << 20;
    private static final int MEBIBYTE_SHIFT = 20;

    private final long memoryBytes;
    private final int tasks;
    private volatile long largest;

    /**
     * Sizes in an engine.
     *
     * @param memoryBytes the memory of all tasks
     * @param tasks how many tasks run at once
     */
    public RecordSizes(long memoryBytes, int tasks) {
        this.memoryBytes = memoryBytes;
        this.tasks = tasks;
    }

    /** How large a record may be, key and value encoded. */
    public long most() {
        return (memoryBytes + SPARE_BYTES) / ((long) tasks * COPIES);
    }

    /**
     * Takes note of a record, or of one that is being read and has so many bytes so far; true if buffers may have to make
     * room for it.
     */
    public boolean meet(long bytes) {
        if (bytes <= SMALL_BYTES || bytes <= largest) {
            return false;
        }
        synchronized (this) {
            largest = Math.max(largest, bytes);
        }
        return true;
    }

    /**
     * Takes note of an encoded record.
     *
     * @throws InvalidInputException if it is too large for the memory
     */
    void meetEncoded(int keyBytes, int valueBytes) {
        long bytes = (long) keyBytes + valueBytes;
        if (bytes > SMALL_BYTES) {
            if (bytes > most()) {
                throw tooLarge(bytes);
            }
            meet(bytes);
        }
    }

    /** How much of a task's share is to be left free of sort buffers. */
    long reserveBytes() {
        return COPIES * largest;
    }

    private InvalidInputException tooLarge(long bytes) {
        long needed = bytes * tasks * COPIES - SPARE_BYTES;
        return new InvalidInputException("A record has " + bytes + " bytes. With " + (memoryBytes >> MEBIBYTE_SHIFT)
                + " MiB of memory and " + tasks + (tasks == 1 ? " task" : " tasks") + " at once it may have " + most()
                + ". Give at least " + ((needed + (1 << MEBIBYTE_SHIFT) - 1) >> MEBIBYTE_SHIFT)
                + " MiB, or split the record.");
    }
}
