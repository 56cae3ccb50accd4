package io.slipway.kafka;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.cluster.TopicInfo;
import io.slipway.kafka.cluster.TopicLimits;
import io.slipway.kafka.control.TopicNames;
import io.slipway.kafka.ledger.DatasetsTopic;
import io.slipway.kafka.ledger.Ledger;
import io.slipway.kafka.ledger.LedgerVersion;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.catalog.DatasetSummary;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishRules;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.publish.Route;
import io.slipway.model.publish.VersionPublisher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Publishes versions as topics of a Kafka cluster (DESIGN §5, Kafka route; {@code spec/version-topic.md}). Needs the
 * cluster and nothing else. Thread-safe, and safe for any number of processes.
 *
 * <p>Everything that can be refused is refused at begin, before any data is written: schemas, partitions, the run id, what
 * this client may do on the cluster. To be closed after its sessions.
 */
public final class KafkaVersionPublisher implements VersionPublisher, AutoCloseable {

    /** How long a transaction of data may be open: readers are behind by as much. */
    private static final Duration OPEN_AT_MOST = Duration.ofSeconds(5);

    private static final Map<String, String> VERSION_TOPIC = Map.of(
            "cleanup.policy", "delete",
            "retention.ms", "-1",
            "retention.bytes", "-1",
            "unclean.leader.election.enable", "false",
            "max.message.bytes", String.valueOf(TopicLimits.MOST_BATCH_BYTES));

    private final Deployment deployment;
    private final DatasetsTopic datasets;
    private final ScheduledExecutorService timer;
    private final Map<DatasetName, Ledger> ledgers = new ConcurrentHashMap<>();
    private final Set<KafkaPublishSession> sessions = ConcurrentHashMap.newKeySet();

    /**
     * A publisher to a cluster.
     *
     * @param cluster where the topics are; closed with this publisher
     * @param names how they are called
     * @param clock the time, for people
     * @param writeIds gives ids that nobody else has
     * @param owner this process as people know it, for claims
     * @param engine what runs the job, for the provenance
     * @param timer runs what has to be done once a second; shut down with this publisher
     */
    public KafkaVersionPublisher(
            Cluster cluster,
            TopicNames names,
            InstantSource clock,
            Supplier<String> writeIds,
            String owner,
            String engine,
            ScheduledExecutorService timer) {
        this.deployment = new Deployment(cluster, names, clock, writeIds, owner, engine);
        this.datasets = new DatasetsTopic(cluster, names);
        this.timer = timer;
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::commitWhatIsOpenForLong, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * A publisher to a cluster that is reached by Kafka's own clients.
     *
     * @param owner this process as people know it, for claims
     * @param engine what runs the job, for the provenance
     */
    public static KafkaVersionPublisher connect(
            KafkaSettings settings, InstantSource clock, String owner, String engine) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kafka-transactions");
            thread.setDaemon(true);
            return thread;
        });
        return new KafkaVersionPublisher(
                new KafkaCluster(settings),
                new TopicNames(settings.prefix()),
                clock,
                () -> UUID.randomUUID().toString(),
                owner,
                engine,
                timer);
    }

    @Override
    public PublishSession begin(Publication publication) {
        KeyCodec keys = KeyCodec.of(PublishRules.keySchema(publication));
        Ledger ledger = ledger(publication);
        ledger.create();
        DatasetSummary summary = checkedSummary(publication);
        Claimed claimed = new Claims(deployment, ledger, summary).claim(publication, keys);
        KafkaPublishSession session = session(publication, keys, ledger, summary, claimed, this::versionTopic);
        sessions.removeIf(KafkaPublishSession::isClosed);
        sessions.add(session);
        return session;
    }

    /**
     * Refuses what {@link #begin} would refuse, and changes nothing: no claim is made, and no topic.
     *
     * @return a session that tells what a publish would have, and can write nothing
     * @throws InvalidInputException as {@code begin} throws it
     */
    public PublishSession preview(Publication publication) {
        KeyCodec keys = KeyCodec.of(PublishRules.keySchema(publication));
        Ledger ledger = ledger(publication);
        DatasetSummary summary = checkedSummary(publication);
        Claimed claimed = new Claims(deployment, ledger, summary).preview(publication, keys);
        return session(
                publication,
                keys,
                ledger,
                summary,
                claimed,
                version -> new TopicInfo(
                        deployment.names().version(version.version()),
                        "",
                        version.claim().partitions(),
                        true));
    }

    private Ledger ledger(Publication publication) {
        return ledgers.computeIfAbsent(
                publication.dataset(), name -> Ledger.of(deployment.cluster(), deployment.names(), name));
    }

    /** What the dataset is, found to take the publication. */
    private DatasetSummary checkedSummary(Publication publication) {
        PublishRules.valueSchema(publication);
        DatasetSummary summary = datasets.read(publication.dataset());
        PublishRules.checkRoute(publication.dataset(), summary.route(), Route.KAFKA);
        checkSchemas(summary, publication);
        return summary;
    }

    private KafkaPublishSession session(
            Publication publication,
            KeyCodec keys,
            Ledger ledger,
            DatasetSummary summary,
            Claimed claimed,
            Function<LedgerVersion, TopicInfo> topic) {
        return new KafkaPublishSession(
                deployment,
                ledger,
                publication.withDuplicates(publication.duplicates().orElse(summary.duplicates())),
                claimed,
                work(claimed, keys, ledger, summary, publication, topic));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        sessions.forEach(KafkaPublishSession::close);
        ledgers.values().forEach(Ledger::close);
        datasets.close();
        deployment.cluster().close();
    }

    private static void checkSchemas(DatasetSummary summary, Publication publication) {
        summary.current()
                .ifPresent(current -> PublishRules.checkSchemas(
                        summary.compatibility(),
                        summary.currentId().orElseThrow(),
                        current.keySchema(),
                        current.valueSchema(),
                        publication));
    }

    private KafkaPublishSession.Work work(
            Claimed claimed,
            KeyCodec keys,
            Ledger ledger,
            DatasetSummary summary,
            Publication publication,
            Function<LedgerVersion, TopicInfo> topic) {
        LedgerVersion version = claimed.version();
        Optional<CommittedVersion> committed = version.committed();
        if (committed.isPresent()) {
            PublishRules.checkSameWork(publication, committed.get().manifest());
        }
        PublishRules.checkSameKind(
                publication, version.version(), version.claim().base());
        if (committed.isPresent()) {
            return new KafkaPublishSession.Work(
                    Optional.empty(), keys, committed.get().manifest().partitioner(), Optional.empty());
        }
        OptionalLong base = version.claim().base();
        return new KafkaPublishSession.Work(
                Optional.of(topic.apply(version)),
                keys,
                new Partitioner(version.claim().partitions(), summary.routingFields(), keys),
                base.isEmpty()
                        ? Optional.empty()
                        : Optional.of(KafkaBase.of(ledger.read(), summary, base.getAsLong(), publication)));
    }

    /** The version's topic, found to be one that this client may write, with the transactional ids that it takes. */
    private TopicInfo versionTopic(LedgerVersion version) {
        int partitions = version.claim().partitions();
        String name = deployment.names().version(version.version());
        TopicInfo topic = deployment.cluster().createTopic(name, partitions, VERSION_TOPIC);
        if (topic.partitions() != partitions) {
            throw new InvalidInputException("The topic " + name + " has " + topic.partitions() + " partitions, and "
                    + version.version() + " was claimed with " + partitions + ". See who created it.");
        }
        if (!topic.writable()) {
            throw new InvalidInputException(
                    "This client may not write the topic " + name + ". Grant it what spec/version-topic.md lists.");
        }
        deployment.cluster().fence(List.of(deployment.names().driver(version.version())));
        return topic;
    }

    private void commitWhatIsOpenForLong() {
        sessions.forEach(session -> session.commitWhatIsOpenFor(OPEN_AT_MOST));
    }
}
