package io.slipway.serving.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.repository.Layout;
import io.slipway.serving.TestNode;
import io.slipway.serving.TestRepository;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.Snapshot;
import io.slipway.sst.SstVersionPublisher;
import io.slipway.testkit.SampleDelta;
import io.slipway.testkit.SampleRecords;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that serves versions of the Kafka route. */
class TopicStagingTest {

    private static final DatasetName OVER_KAFKA = new DatasetName("over-kafka");
    private static final DatasetName AS_FILES = new DatasetName("as-files");

    @TempDir
    private Path temporary;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final SampleRecords records = SampleRecords.random(random, 300);
    private final TopicPlace place = new TopicPlace();
    private TestRepository repository;
    private TestNode node;

    @BeforeEach
    void start() {
        System.out.println("seed " + seed);
        repository = new TestRepository(temporary.resolve("repository"));
        repository.set(OVER_KAFKA.value(), "verify", "records");
        node = startNode();
    }

    @AfterEach
    void stop() {
        node.close();
        place.close();
    }

    @Test
    void aVersionReadsAsThatOfTheOtherRoute() {
        VersionId one = publish(Publication.of(OVER_KAFKA).withPartitions(3), TopicPlace.puts(records));
        VersionId other = publishFiles(TopicPlace.puts(records));
        repository.stage(one);
        repository.stage(other);
        node.awaitPhase(one, Phase.STAGED);
        node.awaitPhase(other, Phase.STAGED);
        assertThat(node.served(OVER_KAFKA.value()))
                .as("visible before the swap")
                .isZero();

        assertThat(node.node().figures().fetchedTopics().orElseThrow().records())
                .isEqualTo(records.digest().records());
        assertThat(node.node().figures().fetchedTopics().orElseThrow().bytes()).isPositive();
        assertThat(node.node().figures().fetchedFiles().bytes()).isPositive();

        repository.swap(one, other);
        node.awaitServed(one);
        assertReads(one, records);
        assertReads(other, records);
        assertThat(temporary.resolve("data/datasets/over-kafka/v1"))
                .isDirectoryNotContaining("glob:**/{fetch,ingest}")
                .isDirectoryContaining("glob:**/staged.json");
    }

    @Test
    void aNodeStartsAgainWithoutTheTopic() {
        VersionId one = publish(Publication.of(OVER_KAFKA).withPartitions(2), TopicPlace.puts(records));
        repository.swap(one);
        node.awaitServed(one);
        node.close();
        place.deleteTopic(place.topic(one));
        node = startNode();
        assertThat(node.served(OVER_KAFKA.value())).isEqualTo(1);
        assertReads(one, records);
    }

    @Test
    void aDeltaIsStagedOnItsBaseAndRolledBack() {
        VersionId one = publish(Publication.of(OVER_KAFKA).withPartitions(2), TopicPlace.puts(records));
        SampleDelta changes = SampleDelta.random(random, records, 40);
        VersionId two = publish(Publication.of(OVER_KAFKA).asDeltaOn(1), changes);
        repository.swap(one);
        node.awaitServed(one);
        repository.swap(two);
        node.awaitServed(two);
        assertReads(two, changes.on(records));
        assertThat(node.node().status().staging(two).orElseThrow().result())
                .hasValue(changes.on(records).digest());
        assertReads(one, records);

        repository.swap(one);
        node.awaitServed(one);
        assertReads(one, records);
    }

    @Test
    void aVersionWhoseTopicIsGoneIsRefused() {
        VersionId one = publish(Publication.of(OVER_KAFKA).withPartitions(1), TopicPlace.puts(records));
        place.deleteTopic(place.topic(one));
        repository.stage(one);
        assertThat(node.awaitPhase(one, Phase.REFUSED).problem())
                .contains(place.topic(one), "expected a topic, found none");
    }

    @Test
    void aNodeWithoutClusterSaysSo() {
        VersionId one = publish(Publication.of(OVER_KAFKA).withPartitions(1), TopicPlace.puts(records));
        repository.stage(one);
        try (TestNode without = TestNode.start(repository, temporary.resolve("without"))) {
            assertThat(without.awaitPhase(one, Phase.FAILING).problem())
                    .contains("version 1 of over-kafka came by the route kafka", "--kafka HOST:PORT");
        }
    }

    private TestNode startNode() {
        return TestNode.start(
                repository, TestNode.settings(temporary.resolve("data")).withKafka(place.settings()));
    }

    /** Publishes, and writes the manifest into the repository as a controller does. */
    private VersionId publish(Publication publication, SampleDelta changes) {
        VersionId version = place.publish(publication, changes).manifest().version();
        repository.storage().createIfAbsent(Layout.file(version, Layout.MANIFEST), place.document(version));
        return version;
    }

    private VersionId publishFiles(SampleDelta changes) {
        SstVersionPublisher publisher =
                new SstVersionPublisher(repository.repository(), repository.catalogs(), InstantSource.system(), "test");
        try (PublishSession session = publisher.begin(
                Publication.of(AS_FILES).withPartitions(3).withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE))) {
            return session.commit(changes.write(session)).manifest().version();
        }
    }

    private void assertReads(VersionId version, SampleRecords expected) {
        try (Snapshot shown = node.node().snapshots().pin()) {
            OpenVersion open = shown.dataset(version.dataset().value())
                    .flatMap(dataset -> Optional.ofNullable(dataset.readable().get(version.number())))
                    .orElseThrow();
            assertThat(open.content().digest()).as("seed %d", seed).isEqualTo(expected.digest());
            for (SampleRecords keys : new SampleRecords[] {expected, records}) {
                keys.records()
                        .keySet()
                        .forEach(key -> assertThat(hex(
                                        open.find(open.manifest().partitioner().partition(key), key)))
                                .as("key %s, seed %d", HexFormat.of().formatHex(key), seed)
                                .isEqualTo(hex(
                                        Optional.ofNullable(expected.records().get(key)))));
            }
        }
    }

    private static Optional<String> hex(Optional<byte[]> bytes) {
        return bytes.map(HexFormat.of()::formatHex);
    }
}
