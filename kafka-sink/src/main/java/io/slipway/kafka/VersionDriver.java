package io.slipway.kafka;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.cluster.TransactionalProducer;
import io.slipway.kafka.control.ControlCodec;
import io.slipway.kafka.control.ControlRecord;
import io.slipway.kafka.control.TopicNames;
import io.slipway.kafka.ledger.Ledger;
import io.slipway.kafka.ledger.LedgerVersion;
import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.FencedException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import java.time.Duration;
import java.util.List;

/**
 * Decides a version, in every partition of its topic and in the ledger at once ({@code spec/version-topic.md}, section
 * "The decision"). Thread-safe.
 *
 * <p>Why there is one decision: all drivers of a version write it under one transactional id. To initialise it fences the
 * driver before and waits until that one's transaction is settled, so what the ledger then says, up to an end taken
 * afterwards, is all that any earlier driver has done or will ever do. And a driver that sees a newer session leaves the
 * decision to it.
 */
final class VersionDriver {

    /** Short, because an open transaction hides what comes after it in the ledger from everybody. */
    private static final Duration TRANSACTION = Duration.ofSeconds(20);

    private final Cluster cluster;
    private final TopicNames names;
    private final Ledger ledger;

    VersionDriver(Cluster cluster, TopicNames names, Ledger ledger) {
        this.cluster = cluster;
        this.names = names;
        this.ledger = ledger;
    }

    /** A decision as it is to be written. */
    interface Verdict {

        /** What goes into the ledger. */
        ControlRecord forLedger();

        /** What goes into each partition, in their order; nothing if there is no topic. */
        List<ControlRecord> forPartitions();
    }

    /**
     * Decides a version, unless it is decided or another session is newer.
     *
     * @param session the session that decides
     * @return the version as the ledger then has it, not decided only if another session is newer
     * @throws CommitStateUnknownException if whether the decision was written cannot be known
     */
    synchronized LedgerVersion decide(VersionId version, int session, Verdict verdict) {
        while (true) {
            try (TransactionalProducer driver = cluster.producer(names.driver(version), TRANSACTION)) {
                driver.initialise();
                LedgerVersion found = found(version);
                if (found.isDecided() || found.newestSession() > session) {
                    return found;
                }
                cluster.fence(names.writers(version, found.claim().partitions()));
                write(driver, version, verdict);
                return settled(version);
            } catch (FencedException e) {
                // By another driver, which decides or leaves it to the newest session: see what became of it.
            }
        }
    }

    private LedgerVersion found(VersionId version) {
        return ledger.readAll()
                .version(version)
                .orElseThrow(() -> new NotFoundException("The ledger " + names.ledger() + " has no claim of " + version
                        + ". See that it was not deleted."));
    }

    private void write(TransactionalProducer driver, VersionId version, Verdict verdict) {
        driver.begin();
        try {
            String topic = names.version(version);
            List<ControlRecord> records = verdict.forPartitions();
            for (int partition = 0; partition < records.size(); partition++) {
                driver.send(ControlCodec.write(topic, partition, records.get(partition)));
            }
            driver.send(ControlCodec.write(names.ledger(), 0, verdict.forLedger()));
        } catch (UnavailableException | InvalidInputException e) {
            abort(driver);
            throw e;
        }
        try {
            driver.commit();
        } catch (UnavailableException | InvalidInputException e) {
            throw unknown(version, e);
        }
    }

    /** The cluster acknowledges a commit before the ledger's readers see it. */
    private LedgerVersion settled(VersionId version) {
        try {
            return found(version);
        } catch (UnavailableException e) {
            throw unknown(version, e);
        }
    }

    private static void abort(TransactionalProducer driver) {
        try {
            driver.abort();
        } catch (SlipwayException e) {
            // The next driver settles it, or the cluster does when its time is over.
        }
    }

    private static CommitStateUnknownException unknown(VersionId version, Exception e) {
        return new CommitStateUnknownException(
                "Whether " + version + " was decided is not known: " + e.getMessage()
                        + " Leave everything as it is, and repeat with the same run id.",
                e);
    }
}
