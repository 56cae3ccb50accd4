package io.slipway.kafka;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.control.TopicNames;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What all sessions of a publisher share.
 *
 * @param cluster where the topics are
 * @param names how they are called
 * @param clock the time, for people
 * @param writeIds gives ids that nobody else has
 * @param owner this process as people know it, for claims
 * @param engine what runs the job, for the provenance
 */
record Deployment(
        Cluster cluster,
        TopicNames names,
        InstantSource clock,
        Supplier<String> writeIds,
        String owner,
        String engine) {

    /** How batches are compressed, as manifests say it. */
    static final String COMPRESSION = "lz4";

    String newWriteId() {
        return writeIds.get();
    }
}
