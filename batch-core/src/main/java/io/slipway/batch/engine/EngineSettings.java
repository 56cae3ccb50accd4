package io.slipway.batch.engine;

import io.slipway.batch.DeadLetters;
import io.slipway.batch.JobListener;
import io.slipway.batch.output.OutputDisk;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.model.publish.VersionReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What an engine was built with. */
record EngineSettings(
        long memoryBytes,
        Path scratch,
        UnaryOperator<Scratch> faults,
        OutputDisk outputDisk,
        int parallelism,
        Optional<VersionPublisher> publisher,
        Optional<VersionReader> versions,
        JobListener listener,
        int attempts,
        long splitBytes,
        Optional<DeadLetters> deadLetters,
        InstantSource clock,
        Optional<Resumption> resumption) {

    private static final int LEAST_BLOCK_BYTES = 512;
    private static final int MOST_BLOCK_BYTES = 1 << 16;
    private static final int MOST_PAGE_BYTES = 1 << 18;
    private static final int PAGES_IN_A_SHARE = 64;
    private static final int BLOCKS_IN_A_SHARE = 64;

    /** How much memory one task may take. */
    long shareBytes() {
        return memoryBytes / parallelism;
    }

    /** How large the blocks of runs are. */
    int blockBytes() {
        return (int) Math.max(LEAST_BLOCK_BYTES, Math.min(MOST_BLOCK_BYTES, shareBytes() / BLOCKS_IN_A_SHARE));
    }

    /** How large the pages of sort buffers are. */
    int pageBytes() {
        long wanted = Math.max(LEAST_BLOCK_BYTES, Math.min(MOST_PAGE_BYTES, shareBytes() / PAGES_IN_A_SHARE));
        return Integer.highestOneBit((int) wanted);
    }

    /** How a run that begins now is cut into tasks. */
    Layout layout() {
        return new Layout(2 * parallelism, splitBytes);
    }
}
