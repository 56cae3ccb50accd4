package io.slipway.kafka.read;

import io.slipway.kafka.control.AttemptTotals;
import io.slipway.kafka.read.AttemptStages.AttemptStage;
import io.slipway.kafka.read.PartitionProgress.Attempt;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;

/** An attempt that is being read: its stage, and what it sums up to. Used by one thread. */
final class HeldAttempt {

    private final Attempt before;
    private final AttemptStage stage;
    private final DigestBuilder digest = new DigestBuilder();
    private long deletes;
    private long bytes;

    /**
     * An attempt that goes on.
     *
     * @param before what was read of it so far
     */
    HeldAttempt(Attempt before, AttemptStage stage) {
        this.before = before;
        this.stage = stage;
    }

    void put(byte[] key, byte[] value) {
        digest.add(key, value);
        bytes += key.length + value.length;
        stage.put(key, value);
    }

    void delete(byte[] key) {
        digest.addDelete(key);
        deletes++;
        bytes += key.length;
        stage.delete(key);
    }

    AttemptStage stage() {
        return stage;
    }

    /** What is held of it. */
    Attempt attempt() {
        return attempt(0);
    }

    /** What is held of it, with the duplicates that only its END knows. */
    Attempt attempt(long duplicates) {
        AttemptTotals sofar = before.totals();
        Digest all = sofar.digest().plus(digest.digest());
        return new Attempt(
                before.id(),
                before.startOffset(),
                new AttemptTotals(all, sofar.deletes() + deletes, sofar.bytes() + bytes, duplicates));
    }
}
