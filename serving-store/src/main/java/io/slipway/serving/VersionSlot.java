package io.slipway.serving;

import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.node.NodeStatus.Staging;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.staging.Wanted;
import io.slipway.serving.store.OpenVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One version that this node has, or is to have. Not thread-safe: guarded by its {@link VersionTable}.
 */
final class VersionSlot {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    /** What the repository itself has wrong is looked at again rarely: only somebody mending it can change that. */
    private static final Duration REFUSED_RETRY = Duration.ofMinutes(5);

    private final VersionId id;
    private Wanted want;
    private Optional<OpenVersion> open = Optional.empty();
    private Optional<StagingProgress> running = Optional.empty();
    private Phase trouble = Phase.STAGING;
    private String problem = "";
    private int failures;
    private Instant nextAttempt = Instant.MIN;
    private boolean baseIsDoubted;
    private boolean wanted = true;
    private boolean closing;

    VersionSlot(VersionId id, Wanted want) {
        this.id = id;
        this.want = want;
    }

    VersionId id() {
        return id;
    }

    /** What the catalog says of it. */
    Wanted want() {
        return want;
    }

    /** The version that it is a delta on, if it is one. */
    Optional<VersionId> base() {
        return want.delta().map(delta -> new VersionId(id.dataset(), delta.base()));
    }

    Optional<OpenVersion> open() {
        return open;
    }

    boolean isWanted() {
        return wanted;
    }

    /** The staging that is under way. */
    Optional<StagingProgress> running() {
        return running;
    }

    boolean isRunning() {
        return running.isPresent();
    }

    boolean isClosing() {
        return closing;
    }

    /** The catalog wants the node to have it. */
    void want(Wanted what) {
        wanted = true;
        want = what;
    }

    /** The catalog does not want the node to have it any more. */
    void unwant() {
        wanted = false;
        running.ifPresent(StagingProgress::cancel);
    }

    /** Its last hold is given up; it is deleted once its readers have left. */
    void closing() {
        closing = true;
        open = Optional.empty();
    }

    /** Whether a staging is to be started now. */
    boolean isDue(Instant now) {
        return wanted && !closing && running.isEmpty() && isMissing() && !now.isBefore(nextAttempt);
    }

    /** Whether there is no good copy that is open. */
    boolean isMissing() {
        return open.isEmpty()
                || open.get().isDamaged()
                || !open.get().manifestSha256().equals(want.manifestSha256());
    }

    /** Whether the last try to stage it failed. */
    boolean isInTrouble() {
        return !problem.isEmpty();
    }

    /** Whether the base of this damaged delta, whose files it shares, has still to be fetched again; asked once. */
    boolean doubtsBase() {
        boolean first = open.isPresent() && open.get().isDamaged() && !baseIsDoubted;
        baseIsDoubted |= first;
        return first;
    }

    /** A staging begins. */
    StagingProgress start() {
        StagingProgress progress = new StagingProgress();
        running = Optional.of(progress);
        return progress;
    }

    /** It was staged; gives the copy that this one replaces. */
    Optional<OpenVersion> staged(OpenVersion version, Instant now) {
        Optional<OpenVersion> before = open;
        open = Optional.of(version);
        baseIsDoubted = false;
        running = Optional.empty();
        trouble = Phase.STAGING;
        problem = "";
        if (before.isPresent()) {
            nextAttempt = now.plus(backOff()); // A disk that keeps damaging copies is not fed in a loop.
        } else {
            failures = 0;
        }
        return before;
    }

    /** It could not be staged. */
    void failed(Phase phase, String why, Instant now) {
        running = Optional.empty();
        trouble = phase;
        problem = why;
        nextAttempt = now.plus(phase == Phase.REFUSED ? REFUSED_RETRY : backOff());
    }

    /** It was given up, because nobody wants it any more. */
    void cancelled() {
        running = Optional.empty();
        nextAttempt = Instant.MIN;
    }

    private Duration backOff() {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures++, 10));
        return wait.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait;
    }

    /** How far it is, for the controller. */
    Staging status() {
        if (open.isPresent()) {
            OpenVersion version = open.get();
            long bytes = version.manifest().bytes();
            Optional<Digest> result =
                    version.manifest().delta().map(delta -> version.content().digest());
            return new Staging(Phase.STAGED, bytes, bytes, "", result);
        }
        long done = running.map(StagingProgress::bytesDone).orElse(0L);
        long total = running.map(StagingProgress::bytesTotal).orElse(0L);
        boolean goesOn = trouble == Phase.FAILING && done > 0;
        return goesOn ? new Staging(Phase.STAGING, done, total, "") : new Staging(trouble, done, total, problem);
    }
}
