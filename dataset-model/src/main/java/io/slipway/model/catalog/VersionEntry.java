package io.slipway.model.catalog;

import io.slipway.model.CommitConflictException;
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
 */
public record VersionEntry(
        long number,
        VersionState state,
        String manifestSha256,
        Instant since,
        Optional<Instant> lastCurrent,
        boolean bad,
        String reason) {

    /** The entry of a version that was just found committed. */
    public static VersionEntry committed(long number, String manifestSha256, Instant now) {
        return new VersionEntry(number, VersionState.COMMITTED, manifestSha256, now, Optional.empty(), false, "");
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
        return new VersionEntry(number, next, manifestSha256, now, leftCurrent, bad, reason);
    }

    /** This version marked as one that an operator rolled back from, for a reason. */
    public VersionEntry markedBad(String why) {
        return new VersionEntry(number, state, manifestSha256, since, lastCurrent, true, why);
    }

    /** This version without that mark. */
    public VersionEntry cleared() {
        return new VersionEntry(number, state, manifestSha256, since, lastCurrent, false, reason);
    }
}
