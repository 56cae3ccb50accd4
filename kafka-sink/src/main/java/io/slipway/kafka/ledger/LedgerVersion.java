package io.slipway.kafka.ledger;

import io.slipway.kafka.control.ControlRecord.Abort;
import io.slipway.kafka.control.ControlRecord.Claim;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.model.CorruptDataException;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.publish.CommittedVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One version as the ledger has it. Immutable.
 *
 * @param claim the claim that holds its number
 * @param sessions the write ids of its run's claims, in the order of the ledger
 * @param lastClaimed when the last of them was made
 * @param commit that it is complete, if so
 * @param abort that it will never be, if so
 */
public record LedgerVersion(
        Claim claim, List<String> sessions, Instant lastClaimed, Optional<Commit> commit, Optional<Abort> abort) {

    /** Takes a copy of the list. */
    public LedgerVersion {
        sessions = List.copyOf(sessions);
    }

    /** A version of which nothing is known but its first claim. */
    public static LedgerVersion claimed(Claim claim) {
        return new LedgerVersion(claim, List.of(claim.writeId()), claim.time(), Optional.empty(), Optional.empty());
    }

    /** The version. */
    public VersionId version() {
        return claim.version();
    }

    /** The run that holds it. */
    public RunId runId() {
        return claim.runId();
    }

    /** Whether it is complete or will never be. */
    public boolean isDecided() {
        return commit.isPresent() || abort.isPresent();
    }

    /** The number of its newest session. */
    public int newestSession() {
        return sessions.size();
    }

    /** The number of the session whose claim has a write id, or 0 if there is none. */
    public int sessionOf(String writeId) {
        return sessions.indexOf(writeId) + 1;
    }

    /**
     * What it consists of, if it is complete.
     *
     * @throws CorruptDataException if its manifest is damaged, or not the one that the commit names
     */
    public Optional<CommittedVersion> committed() {
        return commit.map(LedgerVersion::manifest);
    }

    private static CommittedVersion manifest(Commit commit) {
        String place = "The commit of " + commit.version() + " in the ledger";
        CommittedVersion committed = commit.manifest()
                .orElseThrow(() -> new CorruptDataException(place, "manifest", "one", "none"))
                .read(place, commit.version());
        if (!committed.manifestSha256().equals(commit.manifestSha256())) {
            throw new CorruptDataException(
                    place, "manifest", "SHA-256 " + commit.manifestSha256(), committed.manifestSha256());
        }
        return committed;
    }

    LedgerVersion joinedBy(Claim other) {
        List<String> more = new ArrayList<>(sessions);
        more.add(other.writeId());
        return new LedgerVersion(claim, more, other.time(), commit, abort);
    }

    LedgerVersion decided(Commit decision) {
        return isDecided() ? this : new LedgerVersion(claim, sessions, lastClaimed, Optional.of(decision), abort);
    }

    LedgerVersion decided(Abort decision) {
        return isDecided() ? this : new LedgerVersion(claim, sessions, lastClaimed, commit, Optional.of(decision));
    }
}
