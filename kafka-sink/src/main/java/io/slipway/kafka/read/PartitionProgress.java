package io.slipway.kafka.read;

import io.slipway.kafka.control.AttemptId;
import io.slipway.kafka.control.AttemptTotals;
import java.util.List;
import java.util.Optional;

/**
 * How far a partition has been read, and what was found: enough to go on from there in another process. Immutable.
 *
 * @param offset the offset of what comes next
 * @param open the attempt that has started and not ended, with what it has written so far
 * @param finished the attempts that have ended and are what they say
 */
public record PartitionProgress(long offset, Optional<Attempt> open, List<Attempt> finished) {

    /** Nothing read yet. */
    public static final PartitionProgress START = new PartitionProgress(0, Optional.empty(), List.of());

    /** Takes a copy of the list. */
    public PartitionProgress {
        finished = List.copyOf(finished);
    }

    /**
     * An attempt as a consumer holds it.
     *
     * @param id the attempt
     * @param startOffset the offset of its START
     * @param totals what it wrote; duplicates are known only from its END
     */
    public record Attempt(AttemptId id, long startOffset, AttemptTotals totals) {}
}
