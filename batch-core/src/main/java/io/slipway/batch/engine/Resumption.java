package io.slipway.batch.engine;

import io.slipway.model.RunId;
import java.nio.file.Path;

/**
 * That a run is to be taken up where an earlier process left it.
 *
 * @param runId the run
 * @param folder under which its scratch files are kept
 */
record Resumption(RunId runId, Path folder) {}
