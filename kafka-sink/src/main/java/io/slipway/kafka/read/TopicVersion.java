package io.slipway.kafka.read;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.control.AttemptId;
import io.slipway.kafka.read.PartitionProgress.Attempt;
import io.slipway.model.CorruptDataException;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A committed version in its topic. Reads it twice: first to find and verify the attempts that count, then to show their
 * records; so nothing is kept, and nothing is shown of a version that is not whole. Used by one thread.
 */
public final class TopicVersion {

    private final Cluster cluster;
    private final CommittedVersion version;

    /**
     * A version in its topic.
     *
     * @param cluster where the topic is
     * @param version what the ledger says of it
     */
    public TopicVersion(Cluster cluster, CommittedVersion version) {
        this.cluster = cluster;
        this.version = version;
    }

    /** What the version consists of. */
    public Manifest manifest() {
        return version.manifest();
    }

    /**
     * Verifies the whole version, then shows its records: partition by partition, in the order of their keys.
     *
     * @throws CorruptDataException if the version is not what its manifest says; unless the topic was damaged between the
     *     two readings, nothing was shown then
     * @throws io.slipway.model.UnavailableException if it cannot be read
     */
    public void read(ChangeVisitor visitor) {
        List<PartitionDecision> decisions = verify();
        for (int partition = 0; partition < decisions.size(); partition++) {
            PartitionDecision.Committed committed = (PartitionDecision.Committed) decisions.get(partition);
            if (committed.attempt().isPresent()) {
                show(partition, committed.attempt().get(), visitor);
            }
        }
        VersionCheck.checkTopic(manifest(), cluster.topic(topic()));
    }

    /**
     * Verifies the whole version.
     *
     * @return how its partitions end, in their order
     * @throws CorruptDataException if it is not what its manifest says
     */
    public List<PartitionDecision> verify() {
        VersionCheck.checkTopic(manifest(), cluster.topic(topic()));
        List<PartitionDecision> decisions = new ArrayList<>();
        for (int partition = 0; partition < manifest().partitions().size(); partition++) {
            try (PartitionReader reader = reader(partition, PartitionProgress.START, AttemptStages.none())) {
                decisions.add(reader.readToDecision());
            }
        }
        VersionCheck.check(version, decisions);
        return decisions;
    }

    private void show(int partition, Attempt attempt, ChangeVisitor visitor) {
        PartitionProgress from = new PartitionProgress(attempt.startOffset(), Optional.empty(), List.of());
        try (PartitionReader reader = reader(partition, from, new Shown(attempt.startOffset(), visitor))) {
            reader.readToEnd();
            Optional<Attempt> shown = reader.progress().finished().stream().findFirst();
            if (!shown.equals(Optional.of(attempt))) {
                throw new CorruptDataException(topic(), "partition " + partition, attempt, shown);
            }
        }
    }

    private PartitionReader reader(int partition, PartitionProgress from, AttemptStages stages) {
        return new PartitionReader(
                cluster.cursor(topic(), partition), manifest().version(), topic(), partition, from, stages);
    }

    private String topic() {
        return manifest().topic().orElseThrow().name();
    }

    /** Shows the records of the attempt that starts where the reader begins, and of no other. */
    private record Shown(long startOffset, ChangeVisitor visitor) implements AttemptStages {

        @Override
        public AttemptStage open(AttemptId id, long start, Order order) {
            return start == startOffset
                    ? new ShownAttempt(visitor)
                    : AttemptStages.none().open(id, start, order);
        }

        @Override
        public AttemptStage reopen(AttemptId id, long start) {
            throw new IllegalStateException("Nothing was read before");
        }
    }

    /** Shows the records of an attempt that was verified before. */
    private static final class ShownAttempt implements AttemptStages.AttemptStage {

        private final ChangeVisitor visitor;

        ShownAttempt(ChangeVisitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public void put(byte[] key, byte[] value) {
            visitor.put(key, value);
        }

        @Override
        public void delete(byte[] key) {
            visitor.delete(key);
        }

        @Override
        public void end() {}

        @Override
        public void drop() {}
    }
}
