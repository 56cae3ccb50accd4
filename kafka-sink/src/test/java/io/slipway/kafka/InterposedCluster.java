package io.slipway.kafka;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.cluster.TopicCursor;
import io.slipway.kafka.cluster.TopicInfo;
import io.slipway.kafka.cluster.TransactionalProducer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A cluster at whose first commit of one transactional id something else is done. */
final class InterposedCluster implements Cluster {

    private final Cluster cluster;
    private final String transactionalId;
    private final Consumer<Runnable> atCommit;
    private final AtomicBoolean isDone = new AtomicBoolean();

    /**
     * Interposes.
     *
     * @param atCommit is given the commit, to make it when it likes
     */
    InterposedCluster(Cluster cluster, String transactionalId, Consumer<Runnable> atCommit) {
        this.cluster = cluster;
        this.transactionalId = transactionalId;
        this.atCommit = atCommit;
    }

    @Override
    public Optional<TopicInfo> topic(String name) {
        return cluster.topic(name);
    }

    @Override
    public TopicInfo createTopic(String name, int partitions, Map<String, String> config) {
        return cluster.createTopic(name, partitions, config);
    }

    @Override
    public void deleteTopics(Collection<String> names) {
        cluster.deleteTopics(names);
    }

    @Override
    public Optional<Instant> lastWritten(String topic) {
        return cluster.lastWritten(topic);
    }

    @Override
    public long append(ProducerRecord<byte[], byte[]> record) {
        return cluster.append(record);
    }

    @Override
    public void fence(Collection<String> transactionalIds) {
        cluster.fence(transactionalIds);
    }

    @Override
    public TransactionalProducer producer(String id, Duration timeout) {
        TransactionalProducer producer = cluster.producer(id, timeout);
        return id.equals(transactionalId) ? new InterposedProducer(producer) : producer;
    }

    @Override
    public TopicCursor cursor(String topic, int partition) {
        return cluster.cursor(topic, partition);
    }

    /** The cluster below belongs to the route. */
    @Override
    public void close() {}

    private final class InterposedProducer implements TransactionalProducer {

        private final TransactionalProducer producer;

        InterposedProducer(TransactionalProducer producer) {
            this.producer = producer;
        }

        @Override
        public void initialise() {
            producer.initialise();
        }

        @Override
        public void begin() {
            producer.begin();
        }

        @Override
        public void send(ProducerRecord<byte[], byte[]> record) {
            producer.send(record);
        }

        @Override
        public void commit() {
            if (isDone.compareAndSet(false, true)) {
                atCommit.accept(producer::commit);
            } else {
                producer.commit();
            }
        }

        @Override
        public void abort() {
            producer.abort();
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
