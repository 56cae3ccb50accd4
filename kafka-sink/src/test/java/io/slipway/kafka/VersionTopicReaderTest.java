package io.slipway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.read.ChangeVisitor;
import io.slipway.kafka.read.TopicVersion;
import io.slipway.kafka.read.VersionTopicReader;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.testkit.Row;
import io.slipway.testkit.SampleDelta;
import io.slipway.testkit.SampleRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionTopicReaderTest {

    private static final DatasetName DATASET = new DatasetName("route-delays");
    private static final SampleRecords ONE = SampleRecords.random(new Random(1), 60);
    private static final SampleRecords TWO = SampleRecords.random(new Random(2), 60);
    private static final SampleDelta CHANGES = SampleDelta.random(new Random(3), TWO, 10);

    private final KafkaSettings settings = SharedBroker.newPlace();
    private final KafkaRouteUnderTest route = new KafkaRouteUnderTest(settings);
    private final VersionTopicReader reader = VersionTopicReader.open(settings, DATASET);

    @AfterEach
    void closeAll() {
        reader.close();
        route.close();
    }

    @Test
    void thereIsNothingBeforeTheFirstCommit() {
        assertThat(next()).isEmpty();
        try (PublishSession session = begin(publication("run-1"))) {
            write(session, ONE);
            assertThat(next()).isEmpty();
        }
    }

    @Test
    void theLatestVersionComesFirstAndThenThoseThatFollow() {
        publish("run-1", ONE);
        publish("run-2", TWO);
        assertShows(2, TWO);
        assertThat(next()).isEmpty();
        try (PublishSession uncommitted = begin(publication("run-3"))) {
            write(uncommitted, ONE);
            publish("run-4", ONE);
            assertShows(4, ONE);
            assertThat(next()).isEmpty();
        }
    }

    @Test
    void aReaderThatWaitsIsGivenAVersionWhenItIsCommitted() throws Exception {
        publish("run-1", ONE);
        assertShows(1, ONE);
        CompletableFuture<Optional<TopicVersion>> waiting =
                CompletableFuture.supplyAsync(() -> reader.next(Duration.ofSeconds(30)));
        publish("run-2", TWO);
        assertThat(waiting.get(30, TimeUnit.SECONDS)
                        .orElseThrow()
                        .manifest()
                        .version()
                        .number())
                .isEqualTo(2);
    }

    @Test
    void aDeltaComesAfterWhatItIsOn() {
        publish("run-1", TWO);
        publishDelta("run-2", 1);
        TopicVersion full = next().orElseThrow();
        TopicVersion delta = next().orElseThrow();
        assertThat(full.manifest().delta()).isEmpty();
        assertThat(delta.manifest().version().number()).isEqualTo(2);
        Map<String, Row> rows = new TreeMap<>();
        full.read(new Applied(rows));
        delta.read(new Applied(rows));
        assertThat(List.copyOf(rows.values())).isEqualTo(CHANGES.on(TWO).rows());
    }

    @Test
    void aDeltaOnAnOlderVersionComesWithThatOneAgain() {
        publish("run-1", TWO);
        publish("run-2", ONE);
        assertShows(2, ONE);
        publishDelta("run-3", 1);
        assertShows(1, TWO);
        assertThat(next().orElseThrow().manifest().version().number()).isEqualTo(3);
    }

    @Test
    void aSubscriberGoesOnAfterWhatItHas() {
        publish("run-1", TWO);
        publishDelta("run-2", 1);
        reader.after(1);
        assertThat(next().orElseThrow().manifest().version().number()).isEqualTo(2);
        assertThat(next()).isEmpty();
    }

    @Test
    void aVersionWhoseTopicIsGoneIsPassedOver() throws Exception {
        publish("run-1", ONE);
        publish("run-2", TWO);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.servers()))) {
            admin.deleteTopics(List.of(route.names().version(new VersionId(DATASET, 2))))
                    .all()
                    .get();
        }
        Awaitility.await()
                .until(() -> route.cluster()
                        .topic(route.names().version(new VersionId(DATASET, 2)))
                        .isEmpty());
        assertShows(1, ONE);
    }

    private Optional<TopicVersion> next() {
        return reader.next(Duration.ZERO);
    }

    private void assertShows(long number, SampleRecords records) {
        TopicVersion version = next().orElseThrow();
        assertThat(version.manifest().version().number()).isEqualTo(number);
        Map<String, Row> rows = new TreeMap<>();
        version.read(new Applied(rows));
        assertThat(List.copyOf(rows.values())).isEqualTo(records.rows());
    }

    private CommittedVersion publish(String run, SampleRecords records) {
        try (PublishSession session = begin(publication(run))) {
            return session.commit(write(session, records));
        }
    }

    private void publishDelta(String run, long base) {
        try (PublishSession session = begin(publication(run).asDeltaOn(base))) {
            session.commit(CHANGES.write(session));
        }
    }

    private static List<PartitionReceipt> write(PublishSession session, SampleRecords records) {
        List<PartitionReceipt> receipts = new ArrayList<>();
        for (int partition = 0; partition < session.partitioner().partitions(); partition++) {
            try (PartitionWriter writer = session.openPartition(partition, 0)) {
                for (var record : records.records().entrySet()) {
                    if (session.partitioner().partition(record.getKey()) == partition) {
                        writer.put(record.getKey(), record.getValue());
                    }
                }
                receipts.add(writer.finish());
            }
        }
        return receipts;
    }

    private PublishSession begin(Publication publication) {
        return route.publisher().begin(publication);
    }

    private static Publication publication(String run) {
        return Publication.of(DATASET)
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                .withPartitions(2)
                .withRunId(new RunId(run));
    }

    private record Applied(Map<String, Row> rows) implements ChangeVisitor {

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
