package io.slipway.batch.engine;

import io.slipway.batch.shuffle.ShuffleSettings;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all parts of a run share.
 *
 * @param settings what the engine was built with
 * @param shuffle where and how shuffles are written
 * @param totals what the run has done so far
 * @param cancelled set when the run has failed, so that all tasks stop
 */
record RunContext(EngineSettings settings, ShuffleSettings shuffle, RunTotals totals, AtomicBoolean cancelled) {}
