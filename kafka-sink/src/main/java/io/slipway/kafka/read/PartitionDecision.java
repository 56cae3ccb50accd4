package io.slipway.kafka.read;

import io.slipway.kafka.control.ControlRecord.Abort;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.kafka.control.ControlRecord.Winner;
import io.slipway.kafka.read.PartitionProgress.Attempt;
import java.util.Optional;

/** How a partition of a version topic ends. */
public sealed interface PartitionDecision {

    /**
     * The partition is complete.
     *
     * @param commit the COMMIT
     * @param winner what it says that counts
     * @param attempt the attempt that counts, as the consumer holds it; none if the partition is empty
     */
    record Committed(Commit commit, Winner winner, Optional<Attempt> attempt) implements PartitionDecision {}

    /**
     * The version will never be.
     *
     * @param abort the ABORT
     */
    record Aborted(Abort abort) implements PartitionDecision {}
}
