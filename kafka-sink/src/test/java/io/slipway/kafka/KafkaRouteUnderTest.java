package io.slipway.kafka;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.control.TopicNames;
import io.slipway.kafka.ledger.DatasetsTopic;
import io.slipway.kafka.ledger.Ledger;
import io.slipway.kafka.ledger.LedgerVersion;
import io.slipway.kafka.read.ChangeVisitor;
import io.slipway.kafka.read.TopicVersion;
import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.DatasetSummary;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.testkit.Faults;
import io.slipway.testkit.RouteUnderTest;
import io.slipway.testkit.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The Kafka route in an empty place on a broker. Its nodes see no repository either. */
final class KafkaRouteUnderTest implements RouteUnderTest {

    private final Cluster cluster;
    private final TopicNames names;
    private final Ledger ledger;
    private final DatasetsTopic datasets;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<DatasetName, DatasetEntry> catalog = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<KafkaVersionPublisher> publishers = new ConcurrentLinkedQueue<>();

    KafkaRouteUnderTest(KafkaSettings settings) {
        this.cluster = new KafkaCluster(settings);
        this.names = new TopicNames(settings.prefix());
        this.ledger = Ledger.of(cluster, names);
        this.datasets = new DatasetsTopic(cluster, names);
    }

    Cluster cluster() {
        return cluster;
    }

    TopicNames names() {
        return names;
    }

    Ledger ledger() {
        return ledger;
    }

    @Override
    public VersionPublisher publisher(Faults faults) {
        return publisher(new FaultyCluster(cluster, faults));
    }

    /** A publisher that reaches the broker in some way. */
    VersionPublisher publisher(Cluster reached) {
        KafkaVersionPublisher publisher = new KafkaVersionPublisher(
                reached, names, InstantSource.system(), () -> UUID.randomUUID().toString(), "test", "test", timer);
        publishers.add(publisher);
        return publisher;
    }

    @Override
    public List<VersionId> complete(DatasetName dataset) {
        return ledger.read().versions(dataset).stream()
                .filter(version -> version.commit().isPresent())
                .map(LedgerVersion::version)
                .toList();
    }

    @Override
    public List<Row> readAll(VersionId version) {
        Deque<CommittedVersion> chain = new ArrayDeque<>();
        Optional<VersionId> next = Optional.of(version);
        while (next.isPresent()) {
            CommittedVersion found =
                    ledger.read().version(next.get()).orElseThrow().committed().orElseThrow();
            chain.addFirst(found);
            next = found.manifest().base();
        }
        Map<String, Row> rows = new TreeMap<>();
        chain.forEach(link -> new TopicVersion(cluster, link).read(new Rows(rows)));
        return List.copyOf(rows.values());
    }

    @Override
    public void makeCurrent(CommittedVersion version) {
        VersionId id = version.manifest().version();
        DatasetEntry before = catalog.getOrDefault(id.dataset(), empty(id.dataset()));
        DatasetEntry left = before.current()
                .map(current -> before.with(current.to(VersionState.RETAINED, Instant.EPOCH, "")))
                .orElse(before);
        VersionEntry entry = VersionEntry.committed(version.manifest(), version.manifestSha256(), Instant.EPOCH)
                .to(VersionState.STAGING, Instant.EPOCH, "")
                .to(VersionState.STAGED, Instant.EPOCH, "")
                .to(VersionState.CURRENT, Instant.EPOCH, "");
        announce(left.with(entry), Optional.of(version));
    }

    /** Writes a dataset's summary, as a controller does. */
    void announce(DatasetEntry entry, Optional<CommittedVersion> current) {
        catalog.put(entry.name(), entry);
        datasets.create();
        datasets.write(DatasetSummary.of(entry, current.map(CommittedVersion::manifest)));
    }

    static DatasetEntry empty(DatasetName dataset) {
        DatasetEntry entry = DatasetEntry.empty(dataset);
        return entry.with(entry.settings().with("route", "kafka"));
    }

    @Override
    public void close() {
        publishers.forEach(KafkaVersionPublisher::close);
        timer.shutdownNow();
        ledger.close();
        datasets.close();
        cluster.close();
    }

    private record Rows(Map<String, Row> rows) implements ChangeVisitor {

        @Override
        public void put(byte[] key, byte[] value) {
            Row row = Row.of(key, value);
            rows.put(row.key(), row);
        }

        @Override
        public void delete(byte[] key) {
            rows.remove(HexFormat.of().formatHex(key));
        }
    }
}
