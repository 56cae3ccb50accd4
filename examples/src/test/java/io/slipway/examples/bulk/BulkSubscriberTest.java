package io.slipway.examples.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kafka.KafkaVersionPublisher;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.embedded.BrokerSettings;
import io.slipway.kafka.embedded.EmbeddedBroker;
import io.slipway.model.DatasetName;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkSubscriberTest {

    private static final DatasetName DATASET = new DatasetName("samples");

    @TempDir
    private static Path brokerFolder;

    private static EmbeddedBroker broker;
    private static int places;

    @TempDir
    private Path folder;

    private Path bulk;
    private KafkaSettings settings;
    private KafkaVersionPublisher publisher;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerSettings.in(brokerFolder));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void openPublisher() {
        bulk = folder.resolve("bulk");
        settings = KafkaSettings.of(broker.address()).with(KafkaSettings.PREFIX, "bulk-" + ++places);
        publisher = KafkaVersionPublisher.connect(settings, InstantSource.system(), "test", "test");
    }

    @AfterEach
    void closePublisher() {
        publisher.close();
    }

    @Test
    void aVersionIsAFileOfItsRecordsForANewIndex() {
        publish(full(), writer -> {
            put(writer, "ann", 3);
            put(writer, "bob \"b\"", 5);
        });

        assertThat(writeNext()).contains(bulk.resolve("000001-0000-v1.ndjson"));
        assertThat(lines("000001-0000-v1.ndjson")).containsExactly("""
                {"index":{"_index":"samples-000001","_id":"ann"}}""", """
                {"count":3,"score":null,"text":"ann"}""", """
                {"index":{"_index":"samples-000001","_id":"bob \\"b\\""}}""", """
                {"count":5,"score":null,"text":"bob \\"b\\""}""");
    }

    @Test
    void aDeltaIsAFileOfItsChangesForTheSameIndex() {
        publish(full(), writer -> {
            put(writer, "ann", 3);
            put(writer, "bob", 5);
        });
        publish(full().asDeltaOn(1), writer -> {
            put(writer, "ann", 4);
            writer.delete(SampleRecords.key("bob"));
        });

        try (BulkSubscriber subscriber = subscribe()) {
            assertThat(next(subscriber)).contains(bulk.resolve("000001-0000-v1.ndjson"));
            assertThat(next(subscriber)).contains(bulk.resolve("000001-0001-v2.ndjson"));
            assertThat(next(subscriber)).isEmpty();
        }
        assertThat(lines("000001-0001-v2.ndjson")).containsExactly("""
                {"index":{"_index":"samples-000001","_id":"ann"}}""", """
                {"count":4,"score":null,"text":"ann"}""", """
                {"delete":{"_index":"samples-000001","_id":"bob"}}""");
    }

    @Test
    void startedAgainItGoesOnAfterTheLastVersionThatItHasWritten() {
        publish(full(), writer -> put(writer, "ann", 3));
        assertThat(writeNext()).isPresent();
        assertThat(writeNext()).as("a version that is written already").isEmpty();

        publish(full().asDeltaOn(1), writer -> put(writer, "ann", 4));
        publish(full(), writer -> put(writer, "bob", 5));
        assertThat(writeNext()).contains(bulk.resolve("000001-0001-v2.ndjson"));
        assertThat(writeNext()).contains(bulk.resolve("000002-0000-v3.ndjson"));
        assertThat(lines("000002-0000-v3.ndjson")).first().asString().contains("samples-000002");
    }

    @Test
    void whatIsNotCommittedIsNotWritten() {
        try (PublishSession session = publisher.begin(full())) {
            try (PartitionWriter writer = session.openPartition(0, 0)) {
                put(writer, "ann", 3);
                var receipt = writer.finish();
                assertThat(writeNext()).isEmpty();
                assertThat(names()).isEmpty();
                session.commit(List.of(receipt));
            }
        }
        assertThat(writeNext()).isPresent();
    }

    @Test
    void aFileThatWasNotFinishedIsNoneAndIsWrittenAgain() throws IOException {
        publish(full(), writer -> put(writer, "ann", 3));
        BulkFolder files = new BulkFolder(bulk);
        assertThatThrownBy(() -> files.write(new BulkFile(1, 0, 1), out -> {
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        Files.writeString(bulk.resolve(".unfinished"), "half a li");
        assertThat(files.last()).isEqualTo(BulkFile.NONE);

        assertThat(writeNext()).isPresent();
        assertThat(names()).containsExactly("000001-0000-v1.ndjson");
        assertThat(lines("000001-0000-v1.ndjson")).hasSize(2);
    }

    /** A subscriber that is started, writes what is next, and ends. */
    private Optional<Path> writeNext() {
        try (BulkSubscriber subscriber = subscribe()) {
            return next(subscriber);
        }
    }

    private BulkSubscriber subscribe() {
        return BulkSubscriber.open(settings, DATASET, bulk);
    }

    private static Optional<Path> next(BulkSubscriber subscriber) {
        return subscriber.writeNext(Duration.ZERO);
    }

    private static Publication full() {
        return Publication.of(DATASET)
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                .withPartitions(1);
    }

    private void publish(Publication publication, Consumer<PartitionWriter> records) {
        try (PublishSession session = publisher.begin(publication);
                PartitionWriter writer = session.openPartition(0, 0)) {
            records.accept(writer);
            session.commit(List.of(writer.finish()));
        }
    }

    private static void put(PartitionWriter writer, String key, long count) {
        writer.put(SampleRecords.key(key), SampleRecords.value(count, null, key));
    }

    private List<String> lines(String name) {
        try {
            return Files.readAllLines(bulk.resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(bulk)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
