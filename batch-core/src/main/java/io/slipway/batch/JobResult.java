package io.slipway.batch;

import io.slipway.model.publish.CommittedVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came of a job that succeeded.
 *
 * @param job the job's name
 * @param duration how long it took
 * @param recordsIn how many records were read
 * @param bytesIn how many bytes of files were read
 * @param shuffledRecords how many records went through shuffles, those of intermediate merges counted again
 * @param spills how many sorted runs were written
 * @param spilledBytes how many bytes these had, compressed
 * @param recordsOut how many records were published, written or collected
 * @param failedAttempts how many attempts at tasks failed and were repeated
 * @param stages what each stage did, in the order they were run in
 * @param counters the job's own counters
 * @param badRecords the first few records that were left out because they could not be read
 * @param publications what was published, in the order of the job's outputs
 * @param written the folders of files that were written, in the order of the job's outputs
 * @param collected what was collected; see {@link #of}
 */
public record JobResult(
        String job,
        Duration duration,
        long recordsIn,
        long bytesIn,
        long shuffledRecords,
        long spills,
        long spilledBytes,
        long recordsOut,
        long failedAttempts,
        List<StageSummary> stages,
        Map<String, Long> counters,
        List<BadRecord> badRecords,
        List<CommittedVersion> publications,
        List<WrittenFolder> written,
        Map<Collected<?>, List<?>> collected) {

    /** Takes copies of the collections. */
    public JobResult {
        stages = List.copyOf(stages);
        counters = Map.copyOf(counters);
        badRecords = List.copyOf(badRecords);
        publications = List.copyOf(publications);
        written = List.copyOf(written);
        collected = Map.copyOf(collected);
    }

    /** The records that a flow collected. */
    public <T> List<T> of(Collected<T> handle) {
        return handle.in(this);
    }

    /** A counter of the job; 0 if nothing was counted. */
    public long counter(String name) {
        return counters.getOrDefault(name, 0L);
    }
}
