package io.slipway.kafka.ledger;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.cluster.TopicCursor;
import io.slipway.kafka.cluster.TopicLimits;
import io.slipway.kafka.control.ControlCodec;
import io.slipway.kafka.control.TopicNames;
import io.slipway.model.DatasetName;
import io.slipway.model.catalog.DatasetSummary;
import io.slipway.model.catalog.DatasetSummaryJson;
import io.slipway.model.publish.Route;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The compacted topic {@code slipway.datasets}: a summary of each dataset for publishers that see no catalog
 * ({@code spec/version-topic.md}, section "Datasets"). Controllers write it, publishers read it. Thread-safe.
 */
public final class DatasetsTopic implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Cluster cluster;
    private final String topic;
    private final Map<String, DatasetSummary> summaries = new HashMap<>();
    private Optional<TopicCursor> cursor = Optional.empty();

    /** The topic on a cluster. */
    public DatasetsTopic(Cluster cluster, TopicNames names) {
        this.cluster = cluster;
        this.topic = names.datasets();
    }

    /** Creates the topic, unless it is there. */
    public void create() {
        cluster.createTopic(
                topic,
                1,
                Map.of(
                        "cleanup.policy", "compact",
                        "unclean.leader.election.enable", "false",
                        "max.message.bytes", String.valueOf(TopicLimits.MOST_BATCH_BYTES)));
    }

    /** Writes a dataset's summary, durable when this returns. */
    public void write(DatasetSummary summary) {
        long unused = cluster.append(
                new ProducerRecord<>(topic, 0, key(summary.dataset()), DatasetSummaryJson.write(summary)));
    }

    /**
     * The newest summary of a dataset; of one that has none, that of a first publication over Kafka.
     *
     * @throws io.slipway.model.CorruptDataException if it is damaged
     */
    public DatasetSummary read(DatasetName dataset) {
        return readAll().getOrDefault(dataset.value(), DatasetSummary.unknown(dataset, Route.KAFKA));
    }

    /**
     * The newest summaries by dataset.
     *
     * @throws io.slipway.model.CorruptDataException if one is damaged
     */
    public synchronized Map<String, DatasetSummary> readAll() {
        if (cursor.isEmpty()) {
            cursor = cluster.topic(topic).map(found -> atFirst(cluster.cursor(topic, 0)));
        }
        cursor.ifPresent(this::readOn);
        return Map.copyOf(summaries);
    }

    @Override
    public synchronized void close() {
        cursor.ifPresent(TopicCursor::close);
        cursor = Optional.empty();
    }

    private void readOn(TopicCursor open) {
        long end = open.stableOffset();
        while (open.position() < end) {
            open.poll(POLL).forEach(this::apply);
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String dataset = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            summaries.remove(dataset);
        } else {
            summaries.put(dataset, DatasetSummaryJson.read(topic + ", " + ControlCodec.place(record), record.value()));
        }
    }

    private static TopicCursor atFirst(TopicCursor opened) {
        opened.seek(opened.firstOffset());
        return opened;
    }

    private static byte[] key(DatasetName dataset) {
        return dataset.value().getBytes(StandardCharsets.UTF_8);
    }
}
