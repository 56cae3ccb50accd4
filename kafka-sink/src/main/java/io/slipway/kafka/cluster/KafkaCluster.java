package io.slipway.kafka.cluster;

import io.slipway.model.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A cluster by Kafka's own clients. Connects when it is first used. */
public final class KafkaCluster implements Cluster {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final Map<String, String> SINGLE_RECORDS = Map.of(
            "compression.type", "lz4",
            "linger.ms", "0",
            "retry.backoff.ms", "5",
            "max.request.size", String.valueOf(TopicLimits.MOST_REQUEST_BYTES));

    private static final int MOST_DEFAULT_REPLICAS = 3;

    private final KafkaSettings settings;
    private Admin admin;
    private Producer<byte[], byte[]> appender;

    /** A cluster that is reached as the settings say. */
    public KafkaCluster(KafkaSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<TopicInfo> topic(String name) {
        try {
            return description(name).map(found -> info(name, found));
        } catch (KafkaException e) {
            throw KafkaErrors.of("The topic " + name + " cannot be looked up at " + settings.servers(), e);
        }
    }

    @Override
    public TopicInfo createTopic(String name, int partitions, Map<String, String> config) {
        Optional<TopicInfo> earlier = topic(name);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        try {
            int replicas = replicas();
            Map<String, String> complete = new HashMap<>(config);
            complete.put("min.insync.replicas", String.valueOf(Math.max(1, replicas - 1)));
            NewTopic topic = new NewTopic(name, partitions, (short) replicas).configs(complete);
            await(admin().createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            // Somebody else was faster, which is as good.
        } catch (KafkaException e) {
            throw KafkaErrors.of("The topic " + name + " cannot be created", e);
        }
        return usable(name);
    }

    @Override
    public void deleteTopics(Collection<String> names) {
        try {
            for (Future<Void> deleted :
                    admin().deleteTopics(names).topicNameValues().values()) {
                deleted(deleted);
            }
        } catch (KafkaException e) {
            throw KafkaErrors.of("The topics " + names + " cannot be deleted", e);
        }
    }

    @Override
    public Optional<Instant> lastWritten(String topic) {
        try {
            int partitions =
                    description(topic).map(found -> found.partitions().size()).orElse(0);
            Map<TopicPartition, OffsetSpec> newest = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                newest.put(new TopicPartition(topic, partition), OffsetSpec.maxTimestamp());
            }
            return await(admin().listOffsets(newest).all()).values().stream()
                    .filter(found -> found.offset() >= 0)
                    .map(found -> Instant.ofEpochMilli(found.timestamp()))
                    .max(Comparator.naturalOrder());
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        } catch (KafkaException e) {
            throw KafkaErrors.of("The topic " + topic + " cannot be looked at", e);
        }
    }

    /**
     * Requires that a broker answers.
     *
     * @throws UnavailableException if none does within a time
     * @throws io.slipway.model.InvalidInputException if the settings cannot be used, or not by this client
     */
    public void requireReachable(Duration within) {
        String what = "Kafka at " + settings.servers() + " cannot be reached";
        try {
            DescribeClusterOptions inTime = new DescribeClusterOptions().timeoutMs((int) within.toMillis());
            await(admin().describeCluster(inTime).nodes());
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            throw new UnavailableException(
                    what + ": no answer within " + within.toSeconds() + " s. See that a broker runs there.", e);
        } catch (KafkaException e) {
            throw KafkaErrors.of(what, e);
        }
    }

    @Override
    public long append(ProducerRecord<byte[], byte[]> record) {
        try {
            return await(appender().send(record)).offset();
        } catch (KafkaException e) {
            throw KafkaErrors.of("The topic " + record.topic() + " cannot be written", e);
        }
    }

    @Override
    public void fence(Collection<String> transactionalIds) {
        try {
            await(admin().fenceProducers(transactionalIds).all());
        } catch (KafkaException e) {
            throw KafkaErrors.of("Earlier writers cannot be fenced", e);
        }
    }

    @Override
    public TransactionalProducer producer(String transactionalId, Duration timeout) {
        return new KafkaTransactionalProducer(settings, transactionalId, timeout);
    }

    @Override
    public TopicCursor cursor(String topic, int partition) {
        return new KafkaTopicCursor(settings, admin(), topic, partition);
    }

    @Override
    public synchronized void close() {
        if (appender != null) {
            appender.close(CLOSE_WITHIN);
            appender = null;
        }
        if (admin != null) {
            admin.close(CLOSE_WITHIN);
            admin = null;
        }
    }

    /** What a future gives; its error is thrown as Kafka's. */
    static <T> T await(Future<T> future) {
        try {
            return future.get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "no answer within " + ANSWER_WITHIN.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("This process was interrupted while it waited for Kafka. Try again.", e);
        }
    }

    private static void deleted(Future<Void> deletion) {
        try {
            await(deletion);
        } catch (UnknownTopicOrPartitionException e) {
            // Somebody has deleted it before.
        }
    }

    private Optional<TopicDescription> description(String name) {
        try {
            return Optional.of(await(admin().describeTopics(
                                    List.of(name), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                            .allTopicNames())
                    .get(name));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    /** A topic that was just created, as soon as every partition has a leader. */
    private TopicInfo usable(String name) {
        long deadline = System.nanoTime() + ANSWER_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<TopicDescription> found = description(name);
            if (found.isPresent()
                    && found.get().partitions().stream().allMatch(partition -> partition.leader() != null)) {
                return info(name, found.get());
            }
            Thread.onSpinWait();
        }
        throw new UnavailableException("The topic " + name + " was created, and its partitions have no leader after "
                + ANSWER_WITHIN.toSeconds() + " s. See that the brokers are well, and try again.");
    }

    private int replicas() {
        if (settings.replication() > 0) {
            return settings.replication();
        }
        int brokers = await(admin().describeCluster().nodes()).size();
        return Math.min(MOST_DEFAULT_REPLICAS, brokers);
    }

    private synchronized Admin admin() {
        if (admin == null) {
            try {
                admin = Admin.create(settings.client(Map.of("retry.backoff.ms", "5"), Map.of()));
            } catch (KafkaException e) {
                throw KafkaErrors.of("Kafka at " + settings.servers() + " cannot be used", e);
            }
        }
        return admin;
    }

    private synchronized Producer<byte[], byte[]> appender() {
        if (appender == null) {
            appender = new KafkaProducer<>(
                    settings.client(SINGLE_RECORDS, KafkaTransactionalProducer.DURABLE),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }
        return appender;
    }

    private static TopicInfo info(String name, TopicDescription description) {
        return new TopicInfo(
                name, description.topicId().toString(), description.partitions().size(), isWritable(description));
    }

    /** Old clusters do not tell. */
    private static boolean isWritable(TopicDescription description) {
        Set<AclOperation> allowed = description.authorizedOperations();
        return allowed == null || allowed.isEmpty() || allowed.contains(AclOperation.WRITE);
    }
}
