package io.slipway.kafka;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.cluster.TopicCursor;
import io.slipway.kafka.cluster.TopicInfo;
import io.slipway.kafka.cluster.TransactionalProducer;
import io.slipway.testkit.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A cluster as a process has it of whose calls one fails. What a dead process left open stays open. */
final class FaultyCluster implements Cluster {

    private final Cluster cluster;
    private final Faults faults;

    FaultyCluster(Cluster cluster, Faults faults) {
        this.cluster = cluster;
        this.faults = faults;
    }

    @Override
    public Optional<TopicInfo> topic(String name) {
        return faults.call("topic " + name, () -> cluster.topic(name));
    }

    @Override
    public TopicInfo createTopic(String name, int partitions, Map<String, String> config) {
        return faults.call("create " + name, () -> cluster.createTopic(name, partitions, config));
    }

    @Override
    public void deleteTopics(Collection<String> names) {
        run("delete " + names, () -> cluster.deleteTopics(names));
    }

    @Override
    public Optional<Instant> lastWritten(String topic) {
        return faults.call("last written of " + topic, () -> cluster.lastWritten(topic));
    }

    @Override
    public long append(ProducerRecord<byte[], byte[]> record) {
        return faults.call("append to " + record.topic(), () -> cluster.append(record));
    }

    @Override
    public void fence(Collection<String> transactionalIds) {
        run("fence " + transactionalIds, () -> cluster.fence(transactionalIds));
    }

    @Override
    public TransactionalProducer producer(String transactionalId, Duration timeout) {
        faults.requireAlive("producer " + transactionalId);
        return new FaultyProducer(cluster.producer(transactionalId, timeout), transactionalId);
    }

    @Override
    public TopicCursor cursor(String topic, int partition) {
        faults.requireAlive("cursor on " + topic);
        return new FaultyCursor(cluster.cursor(topic, partition), topic);
    }

    /** The cluster below belongs to the route. */
    @Override
    public void close() {}

    private void run(String name, Runnable effect) {
        Optional<Object> unused = faults.call(name, () -> {
            effect.run();
            return Optional.empty();
        });
    }

    private final class FaultyProducer implements TransactionalProducer {

        private final TransactionalProducer producer;
        private final String id;

        FaultyProducer(TransactionalProducer producer, String id) {
            this.producer = producer;
            this.id = id;
        }

        @Override
        public void initialise() {
            FaultyCluster.this.run("initialise " + id, producer::initialise);
        }

        @Override
        public void begin() {
            faults.requireAlive("begin of " + id);
            producer.begin();
        }

        @Override
        public void send(ProducerRecord<byte[], byte[]> record) {
            faults.requireAlive("send of " + id);
            producer.send(record);
        }

        @Override
        public void commit() {
            FaultyCluster.this.run("commit of " + id, producer::commit);
        }

        @Override
        public void abort() {
            faults.requireAlive("abort of " + id);
            producer.abort();
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    private final class FaultyCursor implements TopicCursor {

        private final TopicCursor cursor;
        private final String topic;

        FaultyCursor(TopicCursor cursor, String topic) {
            this.cursor = cursor;
            this.topic = topic;
        }

        @Override
        public long firstOffset() {
            return call("first offset of ", cursor::firstOffset);
        }

        @Override
        public long endOffset() {
            return call("end of ", cursor::endOffset);
        }

        @Override
        public long stableOffset() {
            return call("stable end of ", cursor::stableOffset);
        }

        @Override
        public long position() {
            return cursor.position();
        }

        @Override
        public void seek(long offset) {
            cursor.seek(offset);
        }

        @Override
        public List<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
            faults.requireAlive("poll of " + topic);
            return cursor.poll(atMost);
        }

        @Override
        public void close() {
            cursor.close();
        }

        private long call(String name, Supplier<Long> effect) {
            return faults.call(name + topic, effect);
        }
    }
}
