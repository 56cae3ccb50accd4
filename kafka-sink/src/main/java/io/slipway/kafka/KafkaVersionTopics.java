package io.slipway.kafka;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.cluster.TopicInfo;
import io.slipway.kafka.control.TopicNames;
import io.slipway.kafka.ledger.DatasetsTopic;
import io.slipway.kafka.ledger.Ledger;
import io.slipway.kafka.ledger.LedgerState;
import io.slipway.kafka.ledger.LedgerVersion;
import io.slipway.model.NotFoundException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetSummary;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.DecisionJson;
import io.slipway.model.topic.TopicClaim;
import io.slipway.model.topic.TopicClaim.State;
import io.slipway.model.topic.VersionTopics;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The controller's port to the topics of a Kafka cluster ({@code spec/version-topic.md}). Used by one thread. */
public final class KafkaVersionTopics implements VersionTopics {

    private final Cluster cluster;
    private final TopicNames names;
    private final Ledger ledger;
    private final DatasetsTopic datasets;
    private final VersionDriver driver;

    /**
     * The versions of a cluster.
     *
     * @param cluster where the topics are; closed with this
     * @param names how they are called
     */
    public KafkaVersionTopics(Cluster cluster, TopicNames names) {
        this.cluster = cluster;
        this.names = names;
        this.ledger = Ledger.of(cluster, names);
        this.datasets = new DatasetsTopic(cluster, names);
        this.driver = new VersionDriver(cluster, names, ledger);
    }

    /** The versions of a cluster that is reached by Kafka's own clients. */
    public static KafkaVersionTopics connect(KafkaSettings settings) {
        return new KafkaVersionTopics(new KafkaCluster(settings), new TopicNames(settings.prefix()));
    }

    @Override
    public List<TopicClaim> claims() {
        LedgerState state = ledger.read();
        return state.datasets().stream()
                .flatMap(dataset -> state.versions(dataset).stream())
                .map(KafkaVersionTopics::claim)
                .toList();
    }

    @Override
    public byte[] decision(VersionId version) {
        LedgerVersion found = found(version);
        if (found.abort().isPresent()) {
            return DecisionJson.writeAborted(
                    found.abort().get().reason(), found.claim().writeId());
        }
        if (found.committed().isEmpty()) {
            throw new NotFoundException(version + " is not decided. Ask again later.");
        }
        return found.commit().orElseThrow().manifest().orElseThrow().bytes();
    }

    @Override
    public void announce(Collection<DatasetSummary> summaries) {
        Map<String, DatasetSummary> known = datasets.readAll();
        List<DatasetSummary> changed = summaries.stream()
                .filter(summary -> !summary.equals(known.get(summary.dataset().value())))
                .toList();
        if (!changed.isEmpty()) {
            datasets.create();
            changed.forEach(datasets::write);
        }
    }

    @Override
    public Instant lastActivity(VersionId version) {
        Instant claimed = found(version).lastClaimed();
        return cluster.lastWritten(names.version(version))
                .filter(claimed::isBefore)
                .orElse(claimed);
    }

    @Override
    public void abort(VersionId version, String reason) {
        LedgerVersion found = found(version);
        int session = found.newestSession();
        int partitions =
                cluster.topic(names.version(version)).map(TopicInfo::partitions).orElse(0);
        driver.decide(version, session, new AbortVerdict(new Claimed(found, session), partitions, reason));
    }

    @Override
    public void delete(Collection<VersionId> versions) {
        cluster.deleteTopics(versions.stream().map(names::version).toList());
    }

    @Override
    public void close() {
        ledger.close();
        datasets.close();
        cluster.close();
    }

    private LedgerVersion found(VersionId version) {
        return ledger.read()
                .version(version)
                .orElseThrow(() -> new NotFoundException(
                        "The ledger " + names.ledger() + " has no claim of " + version + ". See who deleted it."));
    }

    private static TopicClaim claim(LedgerVersion version) {
        return new TopicClaim(
                new Claim(
                        version.version(),
                        version.runId(),
                        version.claim().partitions(),
                        version.claim().base(),
                        version.claim().owner(),
                        version.claim().time(),
                        version.claim().writeId()),
                state(version),
                version.commit().map(commit -> commit.manifestSha256()));
    }

    private static State state(LedgerVersion version) {
        if (version.commit().isPresent()) {
            return State.COMMITTED;
        }
        return version.abort().isPresent() ? State.ABORTED : State.OPEN;
    }
}
