package io.slipway.cli;

import io.slipway.batch.table.TableSchemas;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.kafka.KafkaVersionPublisher;
import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.control.TopicNames;
import io.slipway.kafka.ledger.DatasetsTopic;
import io.slipway.kafka.ledger.Ledger;
import io.slipway.kafka.ledger.LedgerVersion;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.PublishRules;
import io.slipway.model.publish.Route;
import io.slipway.model.publish.VersionPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Publishes to a Kafka cluster, and needs nothing else. */
final class KafkaTarget implements PublishTarget {

    /** How long a command waits for a cluster to answer before it says that there is none. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final KafkaCluster cluster;
    private final TopicNames names;
    private final KafkaVersionPublisher publisher;

    private KafkaTarget(KafkaSettings settings) {
        this.cluster = new KafkaCluster(settings);
        this.names = new TopicNames(settings.prefix());
        this.publisher = KafkaVersionPublisher.connect(
                settings, OpenRepository.clock(), Operator.name(), EngineOptions.engineName());
    }

    /**
     * Connects to a cluster.
     *
     * @throws io.slipway.model.UnavailableException if it does not answer
     */
    static KafkaTarget connect(KafkaSettings settings) {
        KafkaTarget target = new KafkaTarget(settings);
        try {
            target.cluster.requireReachable(ANSWER_WITHIN);
            return target;
        } catch (RuntimeException e) {
            target.close();
            throw e;
        }
    }

    @Override
    public void requireRoom(InputSize input, long memoryBytes, Path scratch) {
        PublishSpace.ofThisMachine().requireScratch(input, memoryBytes, scratch);
    }

    /** What this client may not write is said when the job begins: that creates the topic. */
    @Override
    public void requireWritable() {}

    @Override
    public Optional<Manifest> ofRun(DatasetName dataset, RunId runId) {
        try (Ledger ledger = Ledger.of(cluster, names, dataset)) {
            return ledger.read()
                    .live(dataset, runId)
                    .flatMap(version -> version.committed())
                    .map(CommittedVersion::manifest);
        }
    }

    /** What is claimed of a dataset and was not aborted. */
    List<VersionId> claimed(DatasetName dataset) {
        try (Ledger ledger = Ledger.of(cluster, names, dataset)) {
            return ledger.read().versions(dataset).stream()
                    .filter(version -> version.abort().isEmpty())
                    .map(LedgerVersion::version)
                    .toList();
        }
    }

    @Override
    public Optional<TableSchemas> schemas(DatasetName dataset, OptionalLong base) {
        if (base.isPresent()) {
            Manifest manifest = committed(new VersionId(dataset, base.getAsLong()));
            return Optional.of(TableSchemas.current(manifest.keySchema(), manifest.valueSchema()));
        }
        try (DatasetsTopic datasets = new DatasetsTopic(cluster, names)) {
            return datasets.read(dataset)
                    .current()
                    .map(current -> TableSchemas.current(current.keySchema(), current.valueSchema()));
        }
    }

    @Override
    public VersionPublisher publisher() {
        return publisher;
    }

    @Override
    public VersionPublisher counting() {
        return new DryRunPublisher(publisher::preview, Route.KAFKA);
    }

    @Override
    public void close() {
        publisher.close();
        cluster.close();
    }

    private Manifest committed(VersionId version) {
        try (Ledger ledger = Ledger.of(cluster, names, version.dataset())) {
            return ledger.read()
                    .version(version)
                    .flatMap(found -> found.committed())
                    .map(CommittedVersion::manifest)
                    .orElseThrow(() -> PublishRules.missingBase(version));
        }
    }
}
