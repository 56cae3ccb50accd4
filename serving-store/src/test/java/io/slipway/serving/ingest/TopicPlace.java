package io.slipway.serving.ingest;

import io.slipway.kafka.KafkaVersionPublisher;
import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.control.ControlCodec;
import io.slipway.kafka.control.ControlRecord;
import io.slipway.kafka.control.TopicNames;
import io.slipway.kafka.embedded.EmbeddedBroker;
import io.slipway.kafka.ledger.Ledger;
import io.slipway.kafka.ledger.LedgerVersion;
import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.testkit.SampleDelta;
import io.slipway.testkit.SampleRecords;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An empty place on a broker that all tests of this JVM share, with a publisher and what else writes topics. */
final class TopicPlace implements AutoCloseable {

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final KafkaSettings settings = KafkaSettings.of(
                    EmbeddedBroker.shared().address())
            .with(KafkaSettings.PREFIX, "test-" + PREFIXES.incrementAndGet())
            .with("max.poll.records", "20");
    private final TopicNames names = new TopicNames(settings.prefix());
    private final KafkaCluster cluster = new KafkaCluster(settings);
    private final Ledger ledger = Ledger.of(cluster, names);
    private final KafkaVersionPublisher publisher =
            KafkaVersionPublisher.connect(settings, InstantSource.system(), "test", "test");
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", settings.servers()));
    private final Producer<byte[], byte[]> hand = new KafkaProducer<>(
            Map.of("bootstrap.servers", settings.servers(), "linger.ms", "0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    /** Settings whose consumers give few records at a time. */
    KafkaSettings settings() {
        return settings;
    }

    KafkaCluster cluster() {
        return cluster;
    }

    Admin admin() {
        return admin;
    }

    String topic(VersionId version) {
        return names.version(version);
    }

    PublishSession begin(Publication publication) {
        return publisher.begin(publication.withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE));
    }

    CommittedVersion publish(Publication publication, SampleDelta changes) {
        try (PublishSession session = begin(publication)) {
            return session.commit(changes.write(session));
        }
    }

    /** Commits a full version. */
    CommittedVersion publish(DatasetName dataset, int partitions, SampleRecords records) {
        return publish(Publication.of(dataset).withPartitions(partitions), puts(records));
    }

    static SampleDelta puts(SampleRecords records) {
        SampleDelta all = SampleDelta.none();
        for (var record : records.records().entrySet()) {
            all = all.putting(record.getKey(), record.getValue());
        }
        return all;
    }

    /** The manifest as the ledger has it. */
    byte[] document(VersionId version) {
        LedgerVersion found = ledger.read().version(version).orElseThrow();
        return found.commit().orElseThrow().manifest().orElseThrow().bytes();
    }

    /** Writes a data record by hand, outside of any protocol. */
    void write(String topic, int partition, byte[] key, byte[] value) {
        write(new ProducerRecord<>(topic, partition, key, value));
    }

    /** Writes a control record by hand. */
    void write(String topic, int partition, ControlRecord record) {
        write(ControlCodec.write(topic, partition, record));
    }

    void write(ProducerRecord<byte[], byte[]> record) {
        sent.add(hand.send(record));
    }

    /** Waits until all that was written by hand is there. */
    void flush() {
        hand.flush();
        sent.forEach(TopicPlace::await);
        sent.clear();
    }

    void deleteTopic(String topic) {
        await(admin.deleteTopics(List.of(topic)).all());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        hand.close();
        admin.close();
        publisher.close();
        ledger.close();
        cluster.close();
    }
}
