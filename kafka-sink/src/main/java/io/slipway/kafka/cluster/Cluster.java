package io.slipway.kafka.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A Kafka cluster as the route uses it. Thread-safe.
 *
 * <p>Every method throws {@link io.slipway.model.UnavailableException} if the cluster cannot be reached or does not
 * answer in time, and {@link io.slipway.model.InvalidInputException} if this client is not who it has to be, or may not do
 * what it asks for.
 */
public interface Cluster extends AutoCloseable {

    /** A topic, if it is there. */
    Optional<TopicInfo> topic(String name);

    /**
     * Creates a topic, unless it is there, and waits until it can be used.
     *
     * @param partitions its number of partitions, if it becomes this call's
     * @param config Kafka's settings of the topic, likewise
     */
    TopicInfo createTopic(String name, int partitions, Map<String, String> config);

    /** Deletes topics, those that there still are. */
    void deleteTopics(Collection<String> names);

    /** The time of the newest record of a topic, of an open transaction or not; none if it has none, or is not there. */
    Optional<Instant> lastWritten(String topic);

    /**
     * Appends one record, durable when this returns, outside of any transaction.
     *
     * @return its offset
     */
    long append(ProducerRecord<byte[], byte[]> record);

    /** Fences whoever writes under the transactional ids, and settles the transactions that they left open. */
    void fence(Collection<String> transactionalIds);

    /**
     * A producer of transactions, used by one thread at a time and to be closed; nothing is sent yet.
     *
     * @param timeout how long one of its transactions may be open before the cluster aborts it
     */
    TransactionalProducer producer(String transactionalId, Duration timeout);

    /** A cursor on a partition, at its first offset, used by one thread at a time and to be closed. */
    TopicCursor cursor(String topic, int partition);

    @Override
    void close();
}
