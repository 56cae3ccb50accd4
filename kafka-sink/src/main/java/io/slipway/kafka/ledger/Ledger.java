package io.slipway.kafka.ledger;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.cluster.TopicCursor;
import io.slipway.kafka.cluster.TopicLimits;
import io.slipway.kafka.control.ControlCodec;
import io.slipway.kafka.control.ControlRecord;
import io.slipway.kafka.control.TopicNames;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code slipway.publications}: who has claimed which version, and how it was decided
 * ({@code spec/version-topic.md}, section "Ledger"). Reads it once, then only what is new. Thread-safe.
 */
public final class Ledger implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** More than the time that the cluster gives a dead driver's transaction. */
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Cluster cluster;
    private final String topic;
    private final Predicate<DatasetName> wanted;
    private final LedgerState state = new LedgerState();
    private Optional<TopicCursor> cursor = Optional.empty();

    private Ledger(Cluster cluster, TopicNames names, Predicate<DatasetName> wanted) {
        this.cluster = cluster;
        this.topic = names.ledger();
        this.wanted = wanted;
    }

    /** The ledger of all datasets. */
    public static Ledger of(Cluster cluster, TopicNames names) {
        return new Ledger(cluster, names, dataset -> true);
    }

    /** The ledger, of which only what is about one dataset is kept in memory. */
    public static Ledger of(Cluster cluster, TopicNames names, DatasetName dataset) {
        return new Ledger(cluster, names, dataset::equals);
    }

    /** Creates the topic, unless it is there. */
    public void create() {
        cluster.createTopic(
                topic,
                1,
                Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", "-1",
                        "retention.bytes", "-1",
                        "unclean.leader.election.enable", "false",
                        "max.message.bytes", String.valueOf(TopicLimits.MOST_BATCH_BYTES)));
    }

    /**
     * Appends a record, durable when this returns.
     *
     * @throws UnavailableException if it cannot be said that it is; it may be all the same
     */
    public void append(ControlRecord record) {
        long unused = cluster.append(ControlCodec.write(topic, 0, record));
    }

    /**
     * What is decided by now: reads up to the first transaction that is open. Empty if there is no ledger.
     *
     * @throws CorruptDataException if the ledger is damaged
     * @throws UnavailableException if it cannot be read
     */
    public synchronized LedgerState read() {
        return readTo(TopicCursor::stableOffset);
    }

    /**
     * All that was written until now: waits until every transaction is settled that was open when this was called. Empty
     * if there is no ledger.
     *
     * @throws CorruptDataException if the ledger is damaged
     * @throws UnavailableException if it cannot be read, or a transaction stays open for too long
     */
    public synchronized LedgerState readAll() {
        return readTo(TopicCursor::endOffset);
    }

    /**
     * What is decided as soon as something new is, or when a time is over. Empty if there is no ledger.
     *
     * @throws CorruptDataException if the ledger is damaged
     * @throws UnavailableException if it cannot be read, or this thread is interrupted
     */
    public synchronized LedgerState await(Duration atMost) {
        open();
        if (cursor.isPresent()) {
            cursor.get().poll(atMost).forEach(this::apply);
        } else {
            pause(atMost);
        }
        return state.copy();
    }

    @Override
    public synchronized void close() {
        cursor.ifPresent(TopicCursor::close);
        cursor = Optional.empty();
    }

    /** How far a reader is to go. */
    private interface End {
        long of(TopicCursor cursor);
    }

    private LedgerState readTo(End end) {
        open();
        cursor.ifPresent(opened -> readTo(opened, end.of(opened)));
        return state.copy();
    }

    private void open() {
        if (cursor.isEmpty()) {
            cursor = cluster.topic(topic).map(found -> cluster.cursor(topic, 0));
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("This process was interrupted while it waited for a ledger. Try again.", e);
        }
    }

    private void readTo(TopicCursor open, long end) {
        long deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
        while (open.position() < end) {
            List<ConsumerRecord<byte[], byte[]>> records = open.poll(POLL);
            records.forEach(this::apply);
            if (records.isEmpty() && System.nanoTime() > deadline) {
                throw new UnavailableException("The ledger " + topic + " has a transaction that has been open for "
                        + SETTLED_WITHIN.toSeconds() + " s, of a publisher that may be dead. The cluster aborts it when"
                        + " its time is over; try again then.");
            }
        }
    }

    /** A record that is not of the route says nothing; refusing it would stop all publishing for ever. */
    private void apply(ConsumerRecord<byte[], byte[]> record) {
        if (record.headers().lastHeader(ControlCodec.HEADER) == null) {
            LOG.warn(
                    "The ledger {} has a foreign record ({}), which is ignored. See who may write there.",
                    topic,
                    ControlCodec.place(record));
            return;
        }
        ControlCodec.read(record)
                .filter(control -> wanted.test(control.version().dataset()))
                .ifPresent(state::apply);
    }
}
