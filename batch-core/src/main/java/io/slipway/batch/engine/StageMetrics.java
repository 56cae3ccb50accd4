package io.slipway.batch.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a stage has done so far. Thread-safe. */
final class StageMetrics {

    final LongAdder bytesRead = new LongAdder();
    final LongAdder recordsRead = new LongAdder();
    final AtomicInteger tasksDone = new AtomicInteger();
    private final boolean readsInput;

    StageMetrics(boolean readsInput) {
        this.readsInput = readsInput;
    }

    /** Whether the stage reads the job's input, not what another stage wrote. */
    boolean readsInput() {
        return readsInput;
    }
}
