package io.slipway.batch.engine;

import io.slipway.batch.plan.EncodedOutput;
import io.slipway.batch.plan.Published;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.PublishSession;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** One version that a run publishes: its session, the receipts so far, and what duplicates were met. Thread-safe. */
final class PublishTarget implements AutoCloseable {

    private final Published output;
    private final PublishSession session;
    private final DuplicatePolicy policy;
    private final DuplicateReport duplicates;
    private final Map<Integer, PartitionReceipt> receipts = new ConcurrentSkipListMap<>();
    private Optional<CommittedVersion> committed;

    PublishTarget(Published output, PublishSession session) {
        this.output = output;
        this.session = session;
        this.policy = session.duplicates();
        this.duplicates = new DuplicateReport(output.keySchema());
        this.committed = session.committed();
    }

    Published output() {
        return output;
    }

    PublishSession session() {
        return session;
    }

    DuplicatePolicy policy() {
        return policy;
    }

    /** Writes a record, or what became of one of a delta in the shuffle. */
    void write(PartitionWriter writer, byte[] key, byte[] value) {
        if (output instanceof EncodedOutput && output.publication().isDelta()) {
            Changes.write(writer, key, value);
        } else {
            writer.put(key, value);
        }
    }

    DuplicateReport duplicates() {
        return duplicates;
    }

    /** The version, if it is committed. */
    Optional<CommittedVersion> committed() {
        return committed;
    }

    /** Takes the receipt of a partition, and what keys it had more than once. */
    void complete(PartitionReceipt receipt, Duplicates found) {
        receipts.put(receipt.partition(), receipt);
        duplicates.complete(receipt.partition(), found);
    }

    /**
     * Refuses duplicates where the policy does.
     *
     * @throws InvalidInputException if there are any, naming some
     */
    void checkDuplicates() {
        if (policy == DuplicatePolicy.FAIL) {
            duplicates.refuse(output.publication().dataset());
        }
    }

    void commit() {
        if (committed.isEmpty()) {
            committed = Optional.of(session.commit(receipts.values()));
        }
    }

    void abort(String reason) {
        if (committed.isEmpty()) {
            session.abort(reason);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
