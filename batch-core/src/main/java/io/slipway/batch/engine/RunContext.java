package io.slipway.batch.engine;

import io.slipway.batch.shuffle.ShuffleSettings;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all parts of a run share.
 *
 * @param settings what the engine was built with
 * @param shuffle where and how shuffles are written
 * @param layout how the work is cut into tasks
 * @param checkpoints what is kept for the case that the process dies
 * @param totals what the run has done so far
 * @param deadLetters where refused records go; absent if they fail the job
 * @param cancelled set when the run has failed, so that all tasks stop
 */
record RunContext(
        EngineSettings settings,
        ShuffleSettings shuffle,
        Layout layout,
        Checkpoints checkpoints,
        RunTotals totals,
        Optional<DeadLetterBox> deadLetters,
        AtomicBoolean cancelled) {}
