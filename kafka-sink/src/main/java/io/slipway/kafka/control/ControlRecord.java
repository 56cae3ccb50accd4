package io.slipway.kafka.control;

import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A record of the Kafka route that is not data. */
public sealed interface ControlRecord {

    /** The version that it is about. */
    VersionId version();

    /** The run that wrote it. */
    RunId runId();

    /**
     * In the ledger: a session claims a version, or joins its run's claim.
     *
     * @param partitions the version's number of partitions; that of the first claim holds
     * @param base the number of the version that this one is a delta on; that of the first claim holds
     * @param owner who claims it, for people
     * @param time when
     * @param writeId an id that no other claim has
     */
    record Claim(
            VersionId version,
            RunId runId,
            int partitions,
            OptionalLong base,
            String owner,
            Instant time,
            String writeId)
            implements ControlRecord {}

    /**
     * In a version topic: opens an attempt on its partition.
     *
     * @param partition the partition that it is in
     * @param sorted whether its keys ascend
     * @param keySchema the Avro schema of its keys
     * @param valueSchema the Avro schema of its values
     * @param compression how its batches are compressed, for people
     */
    record Start(
            VersionId version,
            RunId runId,
            int partition,
            AttemptId id,
            boolean sorted,
            String keySchema,
            String valueSchema,
            String compression)
            implements ControlRecord {}

    /**
     * In a version topic: closes the attempt that is open on its partition.
     *
     * @param partition the partition that it is in
     * @param totals what the attempt wrote
     */
    record End(VersionId version, RunId runId, int partition, AttemptId id, AttemptTotals totals)
            implements ControlRecord {}

    /**
     * In the ledger and in every partition of a version topic: the version is complete.
     *
     * @param session the session that decided it
     * @param partitions the version's number of partitions
     * @param digest the number of all its records and the sum of their hashes
     * @param manifestSha256 the hash of its manifest, in hex
     * @param manifest its manifest: in the ledger and in partition 0
     * @param winner what counts in this partition; none in the ledger
     */
    record Commit(
            VersionId version,
            RunId runId,
            int session,
            int partitions,
            Digest digest,
            String manifestSha256,
            Optional<ManifestDocument> manifest,
            Optional<Winner> winner)
            implements ControlRecord {}

    /**
     * The attempt that counts in a partition.
     *
     * @param partition the partition
     * @param id the attempt; of no meaning if it has no records
     * @param totals what it wrote
     */
    record Winner(int partition, AttemptId id, AttemptTotals totals) {}

    /**
     * In the ledger and in every partition of a version topic: the version will never be.
     *
     * @param session the session that decided it
     * @param reason why, for people
     */
    record Abort(VersionId version, RunId runId, int session, String reason) implements ControlRecord {}
}
