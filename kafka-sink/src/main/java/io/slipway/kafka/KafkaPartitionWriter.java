package io.slipway.kafka;

import io.slipway.kafka.cluster.TopicLimits;
import io.slipway.kafka.cluster.TransactionalProducer;
import io.slipway.kafka.control.AttemptTotals;
import io.slipway.kafka.control.ControlCodec;
import io.slipway.kafka.control.ControlRecord.End;
import io.slipway.kafka.control.ControlRecord.Start;
import io.slipway.model.FencedException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.SlipwayException;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.FileEntry.Content;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionTally;
import io.slipway.model.publish.PartitionWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes one attempt at one partition into the version topic, between START and END. Used by one thread; besides it only
 * {@link #commitIfOpenFor} comes from another.
 *
 * <p>The attempt is cut into transactions of bounded size and time: readers of committed records follow while the job
 * runs, and no job is too slow for the cluster's limit on the time of a transaction. After any failure the attempt is
 * over.
 */
final class KafkaPartitionWriter implements PartitionWriter {

    static final long TRANSACTION_BYTES = 64L << 20;

    private final TransactionalProducer producer;
    private final String topic;
    private final Start start;
    private final KeyCodec keys;
    private final PartitionTally tally;
    private final UnaryOperator<SlipwayException> judge;
    private final KeyRange puts = new KeyRange();
    private final KeyRange deletes = new KeyRange();
    private long duplicates;
    private boolean inTransaction;
    private long openSinceNanos;
    private long transactionBytes;
    private boolean over;
    private Optional<SlipwayException> failure = Optional.empty();

    /**
     * Opens the attempt.
     *
     * @param producer initialised; this writer closes it
     * @param judge makes of having been fenced what the caller is to be told
     */
    KafkaPartitionWriter(
            TransactionalProducer producer,
            String topic,
            Start start,
            KeyCodec keys,
            PartitionTally tally,
            UnaryOperator<SlipwayException> judge) {
        this.producer = producer;
        this.topic = topic;
        this.start = start;
        this.keys = keys;
        this.tally = tally;
        this.judge = judge;
        writing(() -> {
            beginIfNone();
            producer.send(ControlCodec.write(topic, start.partition(), start));
        });
    }

    @Override
    public synchronized void put(byte[] key, byte[] value) {
        checkOpen();
        checkSize(key, value.length);
        puts.add(tally.put(key, value), value.length);
        write(new ProducerRecord<>(topic, start.partition(), key, value), key.length + value.length);
    }

    @Override
    public synchronized void delete(byte[] key) {
        checkOpen();
        checkSize(key, 0);
        deletes.add(tally.delete(key), 0);
        write(new ProducerRecord<>(topic, start.partition(), key, null), key.length);
    }

    @Override
    public synchronized void countDuplicates(long count) {
        duplicates += count;
    }

    @Override
    public synchronized PartitionReceipt finish() {
        checkOpen();
        AttemptTotals totals =
                new AttemptTotals(tally.digest(), deletes.count(), puts.bytes() + deletes.bytes(), duplicates);
        writing(() -> {
            beginIfNone();
            producer.send(ControlCodec.write(
                    topic,
                    start.partition(),
                    new End(start.version(), start.runId(), start.partition(), start.id(), totals)));
            producer.commit();
        });
        inTransaction = false;
        over = true;
        return new PartitionReceipt(
                start.version(),
                start.partition(),
                start.id().attempt(),
                files(),
                totals.digest(),
                totals.bytes(),
                duplicates,
                tally.sketches());
    }

    /** Commits the transaction if it has been open for so long; what goes wrong is said by the writer's next call. */
    synchronized void commitIfOpenFor(Duration time) {
        if (inTransaction && !over && System.nanoTime() - openSinceNanos >= time.toNanos()) {
            try {
                writing(this::commit);
            } catch (SlipwayException e) {
                // Kept as the failure.
            }
        }
    }

    /** Whether nothing is to come any more. */
    synchronized boolean isOver() {
        return over;
    }

    @Override
    public synchronized void close() {
        if (!over) {
            over = true;
            abort();
        }
        producer.close();
    }

    private void write(ProducerRecord<byte[], byte[]> record, int bytes) {
        writing(() -> {
            beginIfNone();
            producer.send(record);
            transactionBytes += bytes;
            if (transactionBytes >= TRANSACTION_BYTES) {
                commit();
            }
        });
    }

    private void beginIfNone() {
        if (!inTransaction) {
            producer.begin();
            inTransaction = true;
            openSinceNanos = System.nanoTime();
            transactionBytes = 0;
        }
    }

    private void commit() {
        producer.commit();
        inTransaction = false;
    }

    private void abort() {
        if (inTransaction) {
            try {
                producer.abort();
            } catch (SlipwayException e) {
                // Whoever initialises next settles the transaction, or the cluster does when its time is over.
            }
        }
    }

    /** Runs a step of the attempt, after whose failure the attempt is over. */
    private void writing(Runnable step) {
        try {
            step.run();
        } catch (FencedException e) {
            throw ended(judge.apply(e));
        } catch (SlipwayException e) {
            throw ended(e);
        }
    }

    private SlipwayException ended(SlipwayException e) {
        failure = Optional.of(e);
        over = true;
        abort();
        return e;
    }

    private void checkOpen() {
        failure.ifPresent(earlier -> {
            throw earlier;
        });
        if (over) {
            throw new IllegalStateException("The writer of partition " + start.partition() + " is finished or closed");
        }
    }

    private void checkSize(byte[] key, int valueBytes) {
        long bytes = (long) key.length + valueBytes;
        if (bytes > TopicLimits.MOST_RECORD_BYTES) {
            throw new InvalidInputException("The record of key '" + shown(key) + "' has " + bytes
                    + " bytes, and a version topic takes records of at most " + TopicLimits.MOST_RECORD_BYTES
                    + ". Make its value smaller, or publish the dataset over sst.");
        }
    }

    private String shown(byte[] key) {
        return key.length > 1000 ? key.length + " bytes" : keys.describe(key);
    }

    private List<FileEntry> files() {
        List<FileEntry> files = new ArrayList<>();
        if (puts.count() > 0) {
            files.add(
                    puts.entry(AttemptName.records(start.partition(), start.id()), Content.RECORDS, start.partition()));
        }
        if (deletes.count() > 0) {
            files.add(deletes.entry(
                    AttemptName.deletes(start.partition(), start.id()), Content.DELETES, start.partition()));
        }
        return files;
    }
}
