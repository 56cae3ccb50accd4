package io.slipway.controller;

import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what lost and aborted attempts left in the repository, and aborts claims that nobody works on any more.
 *
 * <p>One document decides a version, so nothing in here depends on guessing right who is alive. Before the decision
 * nothing is deleted; a claim without a new file for {@link #DEAD_CLAIM} is decided as aborted, and a writer that was
 * only slow finds that out when it commits. After the decision, what it does not name can never become part of the
 * version, and goes once it is older than {@link #GRACE}. Whatever a crash leaves half deleted is found again. Used by
 * one thread.
 */
final class Orphans {

    /** How long a claim may be without a new file. Jobs that write nothing for longer are not expected. */
    static final Duration DEAD_CLAIM = Duration.ofDays(7);

    /** How long a file stays that no decision names, so that its writer does not stumble over its own clean-up. */
    static final Duration GRACE = Duration.ofHours(1);

    /** How long from one look at all folders to the next. */
    static final Duration INTERVAL = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private final Repository repository;
    private final InstantSource clock;
    private final String name;

    /** Versions of which nothing is left to collect. A zombie's later file waits for the next start of a controller. */
    private final Set<VersionId> done = new HashSet<>();

    private Instant nextLook = Instant.MIN;

    /**
     * A collector.
     *
     * @param name this controller, for the decisions that it makes
     */
    Orphans(Repository repository, InstantSource clock, String name) {
        this.repository = repository;
        this.clock = clock;
        this.name = name;
    }

    /**
     * Looks at all folders, if that is due.
     *
     * @throws io.slipway.model.UnavailableException if the repository cannot be read or written now
     */
    void collect() {
        Instant now = clock.instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(INTERVAL);
        for (DatasetName dataset : repository.datasets()) {
            for (VersionId version : repository.versions(dataset)) {
                if (!done.contains(version)) {
                    collect(version, now);
                }
            }
        }
    }

    private void collect(VersionId version, Instant now) {
        List<StoredFile> files = repository.files(version);
        try {
            Optional<Decision> decision = repository.decision(version);
            if (decision.isEmpty()) {
                abortIfDead(version, files, now);
            } else {
                deleteOrphans(version, files, kept(decision.get(), files), now);
            }
        } catch (CorruptDataException | UnsupportedFormatException e) {
            LOG.debug("The files of {} stay, because its decision cannot be read", version, e);
        }
    }

    private void abortIfDead(VersionId version, List<StoredFile> files, Instant now) {
        Optional<Instant> newest = files.stream().map(StoredFile::created).max(Instant::compareTo);
        boolean isDead =
                newest.filter(time -> !time.plus(DEAD_CLAIM).isAfter(now)).isPresent()
                        && repository.claim(version).isPresent();
        if (isDead) {
            repository.abort(
                    version,
                    "No new file since " + newest.orElseThrow() + ", which is longer than " + DEAD_CLAIM.toDays()
                            + " days: " + name + " gave it up.");
            LOG.info("Aborted the claim of {}: there was no new file since {}", version, newest.orElseThrow());
        }
    }

    private void deleteOrphans(VersionId version, List<StoredFile> files, Set<String> kept, Instant now) {
        boolean isAllDone = true;
        for (StoredFile file : files) {
            boolean isOrphan = Layout.isDeletedOnRetirement(file.name()) && !kept.contains(file.name());
            if (isOrphan && !file.created().plus(GRACE).isAfter(now)) {
                repository.storage().delete(Layout.file(version, file.name()));
                LOG.info("Deleted {} of {}, which no decision names", file.name(), version);
            } else {
                isAllDone &= !isOrphan;
            }
        }
        if (isAllDone && isSettled(files, now)) {
            done.add(version);
        }
    }

    /** Whether the decision is so old that nobody writes any more who does not know it. */
    private static boolean isSettled(List<StoredFile> files, Instant now) {
        return files.stream().allMatch(file -> file.created().plus(GRACE).isBefore(now));
    }

    /** What stays of a decided version: what its manifest names, and its sessions, so that no number is used twice. */
    private static Set<String> kept(Decision decision, List<StoredFile> files) {
        if (decision instanceof Decision.Committed committed) {
            Stream<String> sessions = files.stream().map(StoredFile::name).filter(Layout::isSession);
            Stream<String> named = committed.manifest().files().stream().map(FileEntry::name);
            return Stream.concat(sessions, named).collect(Collectors.toSet());
        }
        return Set.of();
    }
}
