package io.slipway.serving.ingest;

import io.slipway.kafka.read.PartitionDecision;
import io.slipway.model.manifest.FileEntry;
import java.util.List;

/**
 * A partition that was read to its end.
 *
 * @param decision how it ends
 * @param files what counts of it; none if that is nothing
 */
record FetchedPartition(PartitionDecision decision, List<FileEntry> files) {}
