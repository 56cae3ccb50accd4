package io.slipway.serving.ingest;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.cluster.TopicCursor;
import io.slipway.kafka.cluster.TopicInfo;
import io.slipway.kafka.cluster.TransactionalProducer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A cluster that counts what is read of it, and calls somebody before each look for records. */
final class WatchedCluster implements Cluster {

    private final Cluster cluster;
    private final IntConsumer beforePoll;
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger records = new AtomicInteger();

    /**
     * A watch.
     *
     * @param beforePoll is given how many looks for records gave some before, over all partitions
     */
    WatchedCluster(Cluster cluster, IntConsumer beforePoll) {
        this.cluster = cluster;
        this.beforePoll = beforePoll;
    }

    static WatchedCluster of(Cluster cluster) {
        return new WatchedCluster(cluster, polls -> {});
    }

    /** How many records were read, control records included. */
    int records() {
        return records.get();
    }

    /** How many looks for records gave some. */
    int polls() {
        return polls.get();
    }

    @Override
    public Optional<TopicInfo> topic(String name) {
        return cluster.topic(name);
    }

    @Override
    public TopicInfo createTopic(String name, int partitions, Map<String, String> config) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteTopics(Collection<String> names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Instant> lastWritten(String topic) {
        return cluster.lastWritten(topic);
    }

    @Override
    public long append(ProducerRecord<byte[], byte[]> record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void fence(Collection<String> transactionalIds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TransactionalProducer producer(String transactionalId, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TopicCursor cursor(String topic, int partition) {
        return new WatchedCursor(cluster.cursor(topic, partition));
    }

    /** The cluster below belongs to the test. */
    @Override
    public void close() {}

    private final class WatchedCursor implements TopicCursor {

        private final TopicCursor cursor;

        WatchedCursor(TopicCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public long firstOffset() {
            return cursor.firstOffset();
        }

        @Override
        public long endOffset() {
            return cursor.endOffset();
        }

        @Override
        public long stableOffset() {
            return cursor.stableOffset();
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
            beforePoll.accept(polls.get());
            List<ConsumerRecord<byte[], byte[]>> found = cursor.poll(atMost);
            records.addAndGet(found.size());
            if (!found.isEmpty()) {
                polls.incrementAndGet();
            }
            return found;
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
