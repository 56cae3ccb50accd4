package io.slipway.kafka.cluster;

import io.slipway.model.CorruptDataException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A cursor by Kafka's own consumer, which is assigned its partition and in no group. */
final class KafkaTopicCursor implements TopicCursor {

    /** What the protocol rests on: no property that is passed through changes it. */
    private static final Map<String, String> COMMITTED_ONLY = Map.of(
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "auto.offset.reset", "none",
            "allow.auto.create.topics", "false");

    private static final Map<String, String> BULK = Map.of(
            "fetch.max.wait.ms", "100",
            "retry.backoff.ms", "5",
            "max.partition.fetch.bytes", String.valueOf(4 << 20),
            "max.poll.records", "1000");

    private final Admin admin;
    private final TopicPartition partition;
    private final Consumer<byte[], byte[]> consumer;

    KafkaTopicCursor(KafkaSettings settings, Admin admin, String topic, int partition) {
        this.admin = admin;
        this.partition = new TopicPartition(topic, partition);
        try {
            consumer = new KafkaConsumer<>(
                    settings.client(BULK, COMMITTED_ONLY), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw failed(e);
        }
        consumer.assign(List.of(this.partition));
        consumer.seek(this.partition, 0);
    }

    @Override
    public long firstOffset() {
        return offset(OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    @Override
    public long endOffset() {
        return offset(OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    @Override
    public long stableOffset() {
        return offset(OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    @Override
    public long position() {
        return call(() -> consumer.position(partition));
    }

    @Override
    public void seek(long offset) {
        consumer.seek(partition, offset);
    }

    @Override
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
        try {
            return consumer.poll(atMost).records(partition);
        } catch (InvalidOffsetException e) {
            throw new CorruptDataException(
                    partition.topic(), "partition " + partition.partition(), "records were deleted", e);
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    /** Not asked by the consumer, whose connection the broker holds while it has nothing new to answer. */
    private long offset(OffsetSpec which, IsolationLevel isolation) {
        return call(() -> KafkaCluster.await(
                        admin.listOffsets(Map.of(partition, which), new ListOffsetsOptions(isolation))
                                .partitionResult(partition))
                .offset());
    }

    private <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    private RuntimeException failed(KafkaException e) {
        return KafkaErrors.of("Partition " + partition.partition() + " of " + partition.topic() + " cannot be read", e);
    }
}
