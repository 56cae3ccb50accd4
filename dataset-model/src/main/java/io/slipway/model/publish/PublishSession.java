package io.slipway.model.publish;

import io.slipway.model.VersionId;
import io.slipway.model.partition.Partitioner;
import java.util.Collection;
import java.util.Optional;

/**
 * One process's work on one claimed version. Thread-safe: partition writers may be opened in parallel.
 *
 * <p>A session that is neither committed nor aborted leaves nothing visible; the claim stays for a later session of
 * the same run.
 */
public interface PublishSession extends AutoCloseable {

    /** The version that is claimed. */
    VersionId version();

    /** How this version's keys are spread over its partitions. */
    Partitioner partitioner();

    /** What becomes of duplicate keys: as the publication says, else as the dataset's setting says. */
    DuplicatePolicy duplicates();

    /** The version as it was committed, if the run had already been committed when this session began. */
    Optional<CommittedVersion> committed();

    /**
     * Opens a writer for one partition.
     *
     * @param partition from 0 to {@code partitioner().partitions() - 1}
     * @param attempt which try at the partition this is, from 0, unique for the partition within this session
     * @return a writer, used by one thread, to be closed
     * @throws io.slipway.model.UnavailableException if the route's storage or the local disk cannot be written
     */
    PartitionWriter openPartition(int partition, int attempt);

    /**
     * Whether a receipt still holds that this session or an earlier one of the run was given: it is of this version, and
     * all that it promises is there, byte by byte. Then it may be committed, and its partition need not be written
     * again. Reads the partition back, so it takes about as long as that.
     *
     * @param receipt for a partition of this or another version
     * @throws io.slipway.model.UnavailableException if the route's storage cannot be read
     */
    boolean holds(PartitionReceipt receipt);

    /**
     * Makes the version complete, atomically and durably. Repeating it is safe.
     *
     * @param receipts exactly one receipt for every partition
     * @return the committed version
     * @throws io.slipway.model.InvalidInputException if a partition has no receipt or more than one, or the duplicate
     *     policy is {@code fail} and there were duplicates
     * @throws io.slipway.model.FencedException if the version has been aborted or committed otherwise
     * @throws io.slipway.model.CommitStateUnknownException if whether the commit took place cannot be known
     * @throws io.slipway.model.CorruptDataException if what a receipt promises is not there
     */
    CommittedVersion commit(Collection<PartitionReceipt> receipts);

    /**
     * Aborts the version, unless it is already decided or a newer session of the run has joined. Leaves nothing
     * visible; idempotent.
     *
     * @param reason why, for whoever looks at the version later
     */
    void abort(String reason);

    /** Lets go of this process's resources and unfinished files. Neither commits nor aborts. */
    @Override
    void close();
}
