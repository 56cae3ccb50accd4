package io.slipway.kafka.read;

import io.slipway.kafka.cluster.TopicCursor;
import io.slipway.kafka.control.AttemptTotals;
import io.slipway.kafka.control.ControlCodec;
import io.slipway.kafka.control.ControlRecord;
import io.slipway.kafka.control.ControlRecord.Abort;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.kafka.control.ControlRecord.End;
import io.slipway.kafka.control.ControlRecord.Start;
import io.slipway.kafka.control.ControlRecord.Winner;
import io.slipway.kafka.read.AttemptStages.AttemptStage;
import io.slipway.kafka.read.AttemptStages.Order;
import io.slipway.kafka.read.PartitionProgress.Attempt;
import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one partition of a version topic, from its first record to its decision ({@code spec/version-topic.md}, "What a
 * consumer checks"): stages each attempt apart, drops those that do not end or are not what they say, and keeps the one
 * that COMMIT names if count and digest agree with what was read. Used by one thread.
 *
 * <p>Any violation is a {@link CorruptDataException}, after which nothing of the partition may be used.
 */
public final class PartitionReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionReader.class);

    private static final Duration POLL = Duration.ofMillis(100);

    /** More than the time that the cluster gives a dead writer's transaction. */
    private static final Duration READ_WITHIN = Duration.ofSeconds(90);

    private final TopicCursor cursor;
    private final VersionId version;
    private final String topic;
    private final int partition;
    private final AttemptStages stages;
    private final Map<Attempt, AttemptStage> finished = new LinkedHashMap<>();
    private long offset;
    private Optional<HeldAttempt> open;
    private Optional<PartitionDecision> decision = Optional.empty();

    /**
     * A reader that goes on from a progress.
     *
     * @param cursor on the partition; closed with this reader
     * @param version the version that the topic holds
     * @param topic the topic's name, for messages
     * @param partition the partition
     * @param from where to go on; {@link PartitionProgress#START} for the beginning
     * @param stages where attempts are kept
     * @throws CorruptDataException if the reader is to begin, and the partition's first records were deleted
     */
    public PartitionReader(
            TopicCursor cursor,
            VersionId version,
            String topic,
            int partition,
            PartitionProgress from,
            AttemptStages stages) {
        this.cursor = cursor;
        this.version = version;
        this.topic = topic;
        this.partition = partition;
        this.stages = stages;
        this.offset = from.offset();
        checkNothingIsGone();
        cursor.seek(offset);
        from.finished().forEach(attempt -> finished.put(attempt, reopened(attempt)));
        this.open = from.open().map(attempt -> new HeldAttempt(attempt, reopened(attempt)));
    }

    /**
     * Reads on.
     *
     * @param atMost how long to wait if there is nothing to read yet
     * @return how many records were read
     * @throws CorruptDataException if the partition is not as the protocol has it
     * @throws io.slipway.model.UnsupportedFormatException if a control record is of a format that this program does not
     *     read
     * @throws io.slipway.model.UnavailableException if it cannot be read
     */
    public int poll(Duration atMost) {
        List<ConsumerRecord<byte[], byte[]>> records = cursor.poll(atMost);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (decision.isEmpty()) {
                take(record);
            }
        }
        return records.size();
    }

    /**
     * Reads on to the decision, which has to be there: for a version that the ledger says is committed.
     *
     * @throws CorruptDataException as {@link #poll}, and if there is no decision
     * @throws UnavailableException if it cannot be read
     */
    public PartitionDecision readToDecision() {
        return readToDecision(() -> {});
    }

    /**
     * Reads on to the decision, which has to be there, with something to be done on the way.
     *
     * @param afterEachPoll done after each look for records, whether or not there were any, also
     *     the last: for whoever keeps {@link #progress}, or goes slow; to stop, it throws
     * @throws CorruptDataException as {@link #poll}, and if there is no decision
     * @throws UnavailableException if it cannot be read
     */
    public PartitionDecision readToDecision(Runnable afterEachPoll) {
        long end = cursor.endOffset();
        readUntil(end, () -> decision.isPresent(), afterEachPoll);
        return decision.orElseThrow(() ->
                new CorruptDataException(topic, "partition " + partition, "a COMMIT", "none up to offset " + end));
    }

    /** Reads what is settled by now, or up to the decision. */
    public void readWhatIsSettled() {
        readUntil(cursor.stableOffset(), () -> decision.isPresent(), () -> {});
    }

    /** Reads on until an attempt has ended. */
    void readToEnd() {
        readUntil(cursor.endOffset(), () -> !finished.isEmpty(), () -> {});
    }

    private void readUntil(long end, BooleanSupplier isDone, Runnable afterEachPoll) {
        long deadline = System.nanoTime() + READ_WITHIN.toNanos();
        while (!isDone.getAsBoolean() && cursor.position() < end) {
            long before = cursor.position();
            poll(POLL);
            afterEachPoll.run();
            if (cursor.position() > before) {
                deadline = System.nanoTime() + READ_WITHIN.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new UnavailableException("Partition " + partition + " of " + topic + " gave nothing for "
                        + READ_WITHIN.toSeconds() + " s at offset " + before + ". See that the topic is there and the"
                        + " brokers are well, and try again.");
            }
        }
    }

    /**
     * How far this reader is, exactly: everything before is in the stages. A decision does not count as read, so that whoever
     * goes on reads it again.
     */
    public PartitionProgress progress() {
        return new PartitionProgress(offset, open.map(HeldAttempt::attempt), List.copyOf(finished.keySet()));
    }

    /** How the partition ends, once that was read; nothing is read after that. */
    public Optional<PartitionDecision> decision() {
        return decision;
    }

    @Override
    public void close() {
        cursor.close();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Optional<ControlRecord> control = ControlCodec.read(record);
        if (control.isPresent()) {
            takeControl(record, control.get());
        } else {
            takeData(record);
        }
        offset = decision.isPresent() ? record.offset() : record.offset() + 1;
    }

    private void takeData(ConsumerRecord<byte[], byte[]> record) {
        HeldAttempt held = open.orElseThrow(
                () -> damaged(record, "records between START and END", "one outside of any attempt: a foreign record"));
        if (record.value() == null) {
            held.delete(record.key());
        } else {
            held.put(record.key(), record.value());
        }
    }

    private void takeControl(ConsumerRecord<byte[], byte[]> record, ControlRecord control) {
        if (!control.version().equals(version)) {
            throw damaged(record, version, control.version());
        }
        if (control instanceof Start start) {
            checkPartition(record, start.partition());
            dropOpen();
            open = Optional.of(started(record.offset(), start));
        } else if (control instanceof End end) {
            checkPartition(record, end.partition());
            finish(record, end);
        } else if (control instanceof Commit commit) {
            decide(record, commit);
        } else if (control instanceof Abort abort) {
            dropOpen();
            finished.values().forEach(AttemptStage::drop);
            finished.clear();
            decision = Optional.of(new PartitionDecision.Aborted(abort));
        } else {
            throw damaged(record, "START, END, COMMIT or ABORT", control);
        }
    }

    private HeldAttempt started(long startOffset, Start start) {
        Order order = start.sorted() ? Order.SORTED : Order.UNSORTED;
        return new HeldAttempt(
                new Attempt(start.id(), startOffset, AttemptTotals.NONE), stages.open(start.id(), startOffset, order));
    }

    private void finish(ConsumerRecord<?, ?> record, End end) {
        HeldAttempt held = open.filter(attempt -> attempt.attempt().id().equals(end.id()))
                .orElseThrow(() -> damaged(record, "the END of the attempt that is open", "that of " + end.id()));
        open = Optional.empty();
        Attempt attempt = held.attempt(end.totals().duplicates());
        if (attempt.totals().equals(end.totals())) {
            finished.put(attempt, held.stage());
            held.stage().end();
        } else {
            LOG.warn(
                    "{} of partition {} of {} is dropped: it says {}, and has {}.",
                    end.id(),
                    partition,
                    topic,
                    end.totals(),
                    attempt.totals());
            held.stage().drop();
        }
    }

    private void decide(ConsumerRecord<?, ?> record, Commit commit) {
        dropOpen();
        Winner winner = commit.winner()
                .orElseThrow(() -> damaged(record, "a COMMIT with the attempt that counts", "one without"));
        checkPartition(record, winner.partition());
        Optional<Attempt> kept = Optional.empty();
        if (!winner.totals().digest().equals(Digest.EMPTY)) {
            kept = Optional.of(winningAttempt(record, winner));
        }
        for (Map.Entry<Attempt, AttemptStage> held : finished.entrySet()) {
            if (!kept.equals(Optional.of(held.getKey()))) {
                held.getValue().drop();
            }
        }
        finished.keySet().retainAll(kept.stream().toList());
        decision = Optional.of(new PartitionDecision.Committed(commit, winner, kept));
    }

    /** Of attempts with one id (a duplicated task) the last one that is what COMMIT says. */
    private Attempt winningAttempt(ConsumerRecord<?, ?> record, Winner winner) {
        return finished.keySet().stream()
                .filter(attempt ->
                        attempt.id().equals(winner.id()) && attempt.totals().equals(winner.totals()))
                .reduce((first, second) -> second)
                .orElseThrow(() -> damaged(record, winner.id() + " with " + winner.totals(), found()));
    }

    private String found() {
        return finished.isEmpty()
                ? "no finished attempt"
                : String.join(
                        "; ",
                        finished.keySet().stream()
                                .map(attempt -> attempt.id() + " with " + attempt.totals())
                                .toList());
    }

    private void dropOpen() {
        open.ifPresent(held -> held.stage().drop());
        open = Optional.empty();
    }

    private AttemptStage reopened(Attempt attempt) {
        return stages.reopen(attempt.id(), attempt.startOffset());
    }

    private void checkNothingIsGone() {
        long first = cursor.firstOffset();
        if (offset == 0 && first > 0) {
            throw new CorruptDataException(
                    topic, "partition " + partition, "records from offset 0", "none before " + first);
        }
    }

    private void checkPartition(ConsumerRecord<?, ?> record, int named) {
        if (named != partition) {
            throw damaged(record, "partition " + partition, named);
        }
    }

    private CorruptDataException damaged(ConsumerRecord<?, ?> record, Object expected, Object found) {
        return new CorruptDataException(topic, ControlCodec.place(record), expected, found);
    }
}
