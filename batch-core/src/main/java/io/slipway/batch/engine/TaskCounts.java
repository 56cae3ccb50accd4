package io.slipway.batch.engine;

import io.slipway.batch.BadRecord;
import io.slipway.batch.TaskSummary;
import java.util.List;
import java.util.Map;

/**
 * What the attempt at a task that succeeded has counted.
 *
 * @param summary what it did, for people
 * @param recordsIn how many records of the job's input it read
 * @param unread how many records of the input its source could make none of
 * @param bytesIn how many bytes of files that were
 * @param recordsOut how many records left for outputs
 * @param shuffledRecords how many records it wrote to sorted runs
 * @param spills how many runs these were
 * @param spilledBytes how many bytes these had
 * @param counters the job's own counters
 * @param badRecords the first few records that it left out because they could not be used
 */
record TaskCounts(
        TaskSummary summary,
        long recordsIn,
        long unread,
        long bytesIn,
        long recordsOut,
        long shuffledRecords,
        long spills,
        long spilledBytes,
        Map<String, Long> counters,
        List<BadRecord> badRecords) {

    TaskCounts {
        counters = Map.copyOf(counters);
        badRecords = List.copyOf(badRecords);
    }
}
