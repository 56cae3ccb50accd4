package io.slipway.batch.engine;

import io.slipway.batch.plan.Published;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.PartitionReceipt;
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

    DuplicateReport duplicates() {
        return duplicates;
    }

    /** The version, if it is committed. */
    Optional<CommittedVersion> committed() {
        return committed;
    }

    /** Takes the receipt of a partition. */
    void complete(PartitionReceipt receipt) {
        receipts.put(receipt.partition(), receipt);
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
