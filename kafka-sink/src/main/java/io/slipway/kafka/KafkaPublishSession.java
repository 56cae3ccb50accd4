package io.slipway.kafka;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.cluster.TopicInfo;
import io.slipway.kafka.cluster.TransactionalProducer;
import io.slipway.kafka.control.AttemptId;
import io.slipway.kafka.control.AttemptTotals;
import io.slipway.kafka.control.ControlRecord.Start;
import io.slipway.kafka.control.ControlRecord.Winner;
import io.slipway.kafka.ledger.Ledger;
import io.slipway.kafka.ledger.LedgerVersion;
import io.slipway.kafka.read.AttemptStages;
import io.slipway.kafka.read.PartitionProgress;
import io.slipway.kafka.read.PartitionReader;
import io.slipway.model.CorruptDataException;
import io.slipway.model.FencedException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.VersionTopic;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionTally;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishRules;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.publish.Receipts;
import io.slipway.model.publish.Route;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One process's session on a claim in the ledger ({@code spec/version-topic.md}). Thread-safe. */
final class KafkaPublishSession implements PublishSession {

    /** How long a transaction may be open before the cluster aborts it: the writer's process is dead or asleep. */
    private static final Duration TRANSACTION = Duration.ofSeconds(60);

    private final Deployment deployment;
    private final Ledger ledger;
    private final Publication publication;
    private final Claimed claimed;
    private final Work work;
    private final VersionDriver driver;
    private final Map<Integer, Integer> newestAttempts = new ConcurrentHashMap<>();
    private final Set<KafkaPartitionWriter> writers = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    KafkaPublishSession(Deployment deployment, Ledger ledger, Publication publication, Claimed claimed, Work work) {
        this.deployment = deployment;
        this.ledger = ledger;
        this.publication = publication;
        this.claimed = claimed;
        this.work = work;
        this.driver = new VersionDriver(deployment.cluster(), deployment.names(), ledger);
    }

    /**
     * How the version's records are written.
     *
     * @param topic the version topic; none if the version is committed already
     * @param keys the codec of its keys
     * @param partitioner how they are spread over its partitions
     * @param base what it is a delta on, if it is one
     */
    record Work(Optional<TopicInfo> topic, KeyCodec keys, Partitioner partitioner, Optional<KafkaBase> base) {}

    @Override
    public VersionId version() {
        return claimed.version().version();
    }

    @Override
    public Partitioner partitioner() {
        return work.partitioner();
    }

    @Override
    public DuplicatePolicy duplicates() {
        return publication.duplicates().orElseThrow();
    }

    @Override
    public Optional<CommittedVersion> committed() {
        return claimed.version().committed();
    }

    @Override
    public PartitionWriter openPartition(int partition, int attempt) {
        if (partition < 0 || partition >= partitioner().partitions()) {
            throw new InvalidInputException("There is no partition " + partition + " of " + version() + ", which has "
                    + partitioner().partitions() + ".");
        }
        if (committed().isPresent()) {
            throw new FencedException(version() + " is committed already. Nothing can be added to it.");
        }
        Cluster cluster = deployment.cluster();
        TransactionalProducer producer = cluster.producer(deployment.names().writer(version(), partition), TRANSACTION);
        try {
            producer.initialise();
            checkMayStart(partition, attempt);
            KafkaPartitionWriter writer = new KafkaPartitionWriter(
                    producer,
                    topic().name(),
                    start(partition, attempt),
                    work.keys(),
                    tally(partition),
                    fenced -> judged(fenced, partition, attempt));
            writers.removeIf(KafkaPartitionWriter::isOver);
            writers.add(writer);
            return writer;
        } catch (SlipwayException e) {
            producer.close();
            throw e;
        }
    }

    @Override
    public boolean holds(PartitionReceipt receipt) {
        if (!receipt.version().equals(version())) {
            return false;
        }
        Winner winner = AttemptName.winner(receipt);
        return winner.totals().equals(AttemptTotals.NONE) || isInTopic(winner);
    }

    /** Reads the partition; a client that may not cannot know, and has to write it again. */
    private boolean isInTopic(Winner winner) {
        String topic = deployment.names().version(version());
        int partition = winner.partition();
        try (PartitionReader reader = new PartitionReader(
                deployment.cluster().cursor(topic, partition),
                version(),
                topic,
                partition,
                PartitionProgress.START,
                AttemptStages.none())) {
            reader.readWhatIsSettled();
            return reader.progress().finished().stream()
                    .anyMatch(attempt ->
                            attempt.id().equals(winner.id()) && attempt.totals().equals(winner.totals()));
        } catch (CorruptDataException | InvalidInputException e) {
            return false;
        }
    }

    @Override
    public CommittedVersion commit(Collection<PartitionReceipt> receipts) {
        if (committed().isPresent()) {
            return committed().get();
        }
        Receipts complete = Receipts.complete(version(), partitioner().partitions(), receipts);
        complete.checkDuplicates(duplicates());
        CommitVerdict verdict = CommitVerdict.of(claimed, complete, manifest(complete), deployment.newWriteId());
        checkTopic();
        LedgerVersion decided = driver.decide(version(), claimed.session(), verdict);
        decided.abort().ifPresent(abort -> {
            throw new FencedException(version() + " was aborted meanwhile: " + abort.reason() + " Publish again.");
        });
        CommittedVersion winner = decided.committed()
                .orElseThrow(() -> new FencedException("A newer session of run " + publication.runId()
                        + " has taken over " + version() + ". Leave it to that one."));
        PublishRules.checkSameWork(publication, winner.manifest());
        return winner;
    }

    @Override
    public void abort(String reason) {
        if (committed().isEmpty()) {
            int partitions = deployment
                    .cluster()
                    .topic(topic().name())
                    .map(TopicInfo::partitions)
                    .orElse(0);
            LedgerVersion unused =
                    driver.decide(version(), claimed.session(), new AbortVerdict(claimed, partitions, reason));
        }
    }

    @Override
    public void close() {
        isClosed = true;
        writers.forEach(KafkaPartitionWriter::close);
        writers.clear();
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Commits the writers' transactions that have been open for so long. */
    void commitWhatIsOpenFor(Duration time) {
        writers.forEach(writer -> writer.commitIfOpenFor(time));
    }

    /**
     * A writer that has just initialised has fenced whoever wrote the partition before. If that one was in the right, this
     * one gives up.
     */
    private void checkMayStart(int partition, int attempt) {
        LedgerVersion now = ledger.read().version(version()).orElseThrow();
        if (now.isDecided()) {
            throw new FencedException(version() + " is decided already. Nothing can be added to it.");
        }
        if (now.newestSession() > claimed.session()) {
            throw new FencedException("A newer session of run " + publication.runId() + " has taken over " + version()
                    + ". Leave it to that one.");
        }
        int newest = newestAttempts.merge(partition, attempt, Math::max);
        if (newest > attempt) {
            throw new FencedException("Attempt " + newest + " at partition " + partition + " of " + version()
                    + " has begun after attempt " + attempt + ". Leave the partition to it.");
        }
    }

    /** Whoever fenced a writer that is in the right has given up, or the writer slept: its task tries again. */
    private SlipwayException judged(SlipwayException fenced, int partition, int attempt) {
        try {
            checkMayStart(partition, attempt);
        } catch (FencedException e) {
            return e;
        }
        return new UnavailableException(
                "Attempt " + attempt + " at partition " + partition + " of " + version()
                        + " was fenced by a writer that then gave up, or it slept for longer than a transaction may be"
                        + " open. Try the partition again.",
                fenced);
    }

    private Start start(int partition, int attempt) {
        return new Start(
                version(),
                publication.runId(),
                partition,
                new AttemptId(claimed.session(), attempt),
                true,
                work.keys().schema().toString(),
                PublishRules.valueSchema(publication).toString(),
                Deployment.COMPRESSION);
    }

    private PartitionTally tally(int partition) {
        return new PartitionTally(
                version(),
                work.base().isPresent() ? PartitionTally.Kind.DELTA : PartitionTally.Kind.FULL,
                partitioner(),
                work.keys(),
                PublishRules.valueSchema(publication),
                partition);
    }

    /** A topic that was deleted and created again has lost what the receipts promise. */
    private void checkTopic() {
        Optional<TopicInfo> now = deployment.cluster().topic(topic().name());
        if (now.isEmpty() || !now.get().id().equals(topic().id())) {
            throw new CorruptDataException(
                    topic().name(),
                    "whole topic",
                    "topic id " + topic().id(),
                    now.map(found -> "topic id " + found.id()).orElse("no topic"));
        }
    }

    private Manifest manifest(Receipts receipts) {
        return new Manifest(
                version(),
                Route.KAFKA,
                publication.runId(),
                work.keys().schema(),
                PublishRules.valueSchema(publication),
                work.base().map(base -> base.delta(receipts.deletes())),
                Optional.of(new VersionTopic(topic().name(), topic().id())),
                partitioner().routingFields(),
                receipts.files(),
                receipts.partitions(),
                receipts.digest(),
                receipts.bytes(),
                duplicates(),
                receipts.duplicates(),
                receipts.fields(),
                Deployment.COMPRESSION,
                publication.provenance(
                        deployment.engine(),
                        claimed.version().claim().time(),
                        deployment.clock().instant()));
    }

    private TopicInfo topic() {
        return work.topic().orElseThrow();
    }
}
