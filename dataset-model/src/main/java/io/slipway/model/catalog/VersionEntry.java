package io.slipway.model.catalog;

import io.slipway.model.CommitConflictException;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Manifest;
import java.time.Instant;
import java.util.Optional;

/**
 * What the catalog says of one version. Immutable.
 *
 * @param number the version's number
 * @param state its state
 * @param manifestSha256 the hash of its manifest as the controller found it, in hex; nodes refuse any other. Empty if
 *     the manifest could not be read
 * @param since when it got into its state
 * @param lastCurrent when it stopped being current the last time, if it was
 * @param bad whether an operator rolled back from it
 * @param reason why it is in its state, where that needs saying; may be empty
 * @param delta what it is a delta on, and what became of it; none for a full version
 * @param review what gates and operators said of it
 */
public record VersionEntry(
        long number,
        VersionState state,
        String manifestSha256,
        Instant since,
        Optional<Instant> lastCurrent,
        boolean bad,
        String reason,
        Optional<DeltaEntry> delta,
        Review review) {

    /** An entry of a full version that nobody has reviewed. */
    public VersionEntry(
            long number,
            VersionState state,
            String manifestSha256,
            Instant since,
            Optional<Instant> lastCurrent,
            boolean bad,
            String reason) {
        this(number, state, manifestSha256, since, lastCurrent, bad, reason, Optional.empty(), Review.NONE);
    }

    /** The entry of a version that was just found committed. */
    public static VersionEntry committed(long number, String manifestSha256, Instant now) {
        return new VersionEntry(number, VersionState.COMMITTED, manifestSha256, now, Optional.empty(), false, "");
    }

    /** The entry of a version that was just found committed, from its manifest. */
    public static VersionEntry committed(Manifest manifest, String manifestSha256, Instant now) {
        return committed(manifest.version().number(), manifestSha256, now)
                .with(manifest.delta().map(delta -> DeltaEntry.on(delta.base())));
    }

    /** This version with the result of its delta. */
    public VersionEntry withResult(Digest result) {
        return with(delta.map(found -> new DeltaEntry(found.base(), Optional.of(result))));
    }

    private VersionEntry with(Optional<DeltaEntry> changed) {
        return new VersionEntry(number, state, manifestSha256, since, lastCurrent, bad, reason, changed, review);
    }

    /**
     * This version in another state.
     *
     * @param reason why, where that needs saying; may be empty
     * @throws CommitConflictException if there is no such transition
     */
    public VersionEntry to(VersionState next, Instant now, String reason) {
        if (!state.mayBecome(next)) {
            throw new CommitConflictException(
                    "Version " + number + " is " + state + " and cannot become " + next + ". Look again.");
        }
        Optional<Instant> leftCurrent = state == VersionState.CURRENT ? Optional.of(now) : lastCurrent;
        Review left = next == VersionState.RETIRED ? review.withoutGates() : review;
        return new VersionEntry(number, next, manifestSha256, now, leftCurrent, bad, reason, delta, left);
    }

    /** This version marked as one that an operator rolled back from, for a reason. */
    public VersionEntry markedBad(String why) {
        return new VersionEntry(number, state, manifestSha256, since, lastCurrent, true, why, delta, review);
    }

    /** This version without that mark. */
    public VersionEntry cleared() {
        return new VersionEntry(number, state, manifestSha256, since, lastCurrent, false, reason, delta, review);
    }

    /** This version with another review. */
    public VersionEntry with(Review changed) {
        return new VersionEntry(number, state, manifestSha256, since, lastCurrent, bad, reason, delta, changed);
    }
}
