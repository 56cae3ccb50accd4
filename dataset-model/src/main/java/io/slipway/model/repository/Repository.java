package io.slipway.model.repository;

import io.slipway.model.CommitConflictException;
import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.DatasetName;
import io.slipway.model.NotFoundException;
import io.slipway.model.RunId;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.model.storage.StoredFile;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Claims, sessions and decisions in a storage. Thread-safe, and safe for any number of processes.
 *
 * <p>Everything rests on <em>create if absent</em>. Each small document carries a random write id; a writer that finds
 * its document taken reads it, and its own id there means that an acknowledgement was lost and the write was its own. A
 * version is decided by one document, created once: whoever finds it already there has lost, whatever it wanted.
 */
public final class Repository {

    private final RepositoryStorage storage;
    private final InstantSource clock;
    private final Supplier<String> writeIds;
    private final String owner;
    private final Set<VersionId> durable = ConcurrentHashMap.newKeySet();

    /**
     * A repository in a storage.
     *
     * @param storage where it is
     * @param clock the time, for people
     * @param writeIds gives ids that nobody else has
     * @param owner this process as people know it, for claims and sessions
     */
    public Repository(RepositoryStorage storage, InstantSource clock, Supplier<String> writeIds, String owner) {
        this.storage = storage;
        this.clock = clock;
        this.writeIds = writeIds;
        this.owner = owner;
    }

    /** Where this repository is. */
    public RepositoryStorage storage() {
        return storage;
    }

    /** The datasets of which a version was ever claimed. */
    public List<DatasetName> datasets() {
        return storage.folders(Layout.DATASETS).stream()
                .filter(DatasetName::isValid)
                .map(DatasetName::new)
                .toList();
    }

    /** The versions of a dataset that were ever claimed, in ascending order. */
    public List<VersionId> versions(DatasetName dataset) {
        return storage.folders(Layout.folder(dataset)).stream()
                .map(Layout::versionNumber)
                .filter(OptionalLong::isPresent)
                .map(number -> new VersionId(dataset, number.getAsLong()))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /**
     * The claim of a version, if there is one.
     *
     * @throws io.slipway.model.CorruptDataException if it is damaged
     */
    public Optional<Claim> claim(VersionId version) {
        String path = Layout.file(version, Layout.CLAIM);
        return read(path).map(document -> ClaimJson.read(path, version, document));
    }

    /** The newest claim of a run, if it has one. */
    public Optional<Claim> claimOf(DatasetName dataset, RunId runId) {
        List<VersionId> versions = versions(dataset);
        for (int i = versions.size() - 1; i >= 0; i--) {
            Optional<Claim> claim =
                    claim(versions.get(i)).filter(found -> found.runId().equals(runId));
            if (claim.isPresent()) {
                return claim;
            }
        }
        return Optional.empty();
    }

    /** As the other, for a full version. */
    public Claim claim(DatasetName dataset, RunId runId, int partitions) {
        return claim(dataset, runId, partitions, OptionalLong.empty());
    }

    /**
     * The run's claim, if it has one that was not aborted; else claims the next version for it.
     *
     * <p>However many processes do so at once, a run gets one claim: each looks at every claim there is and then tries
     * the numbers after it one by one, so that none is created before the one below it was looked at. A folder without
     * a claim counts as free: its process died, or is just about to write it.
     *
     * @param partitions the version's number of partitions, if the claim becomes this call's
     * @param base the version that it is a delta on, likewise
     */
    public Claim claim(DatasetName dataset, RunId runId, int partitions, OptionalLong base) {
        long highest = 0;
        List<VersionId> versions = versions(dataset);
        for (int i = versions.size() - 1; i >= 0; i--) {
            Optional<Claim> found = claim(versions.get(i));
            if (found.isPresent()) {
                highest = Math.max(highest, versions.get(i).number());
                if (isLive(found.get(), runId)) {
                    return found.get();
                }
            }
        }
        for (long number = highest + 1; ; number++) {
            VersionId next = new VersionId(dataset, number);
            Claim mine = new Claim(next, runId, partitions, base, owner, clock.instant(), writeIds.get());
            String path = Layout.file(next, Layout.CLAIM);
            Claim winner = ClaimJson.read(path, next, createOrRead(path, ClaimJson.write(mine)));
            if (isLive(winner, runId)) {
                return winner;
            }
        }
    }

    private boolean isLive(Claim claim, RunId runId) {
        return claim.runId().equals(runId) && !(decision(claim.version()).orElse(null) instanceof Decision.Aborted);
    }

    /**
     * Joins a claim as its newest session.
     *
     * @return the session's number, which no other process has
     */
    public int joinSession(VersionId version) {
        for (int session = newestSession(version) + 1; ; session++) {
            String path = Layout.file(version, Layout.sessionFile(session));
            String writeId = writeIds.get();
            byte[] mine = ClaimJson.writeSession(owner, clock.instant().toString(), writeId);
            if (ClaimJson.readSessionWriteId(path, createOrRead(path, mine)).equals(writeId)) {
                return session;
            }
        }
    }

    /** The number of the newest session on a claim, or 0 if there has been none. */
    public int newestSession(VersionId version) {
        return storage.files(Layout.folder(version)).stream()
                .map(file -> Layout.sessionNumber(file.name()))
                .filter(OptionalLong::isPresent)
                .mapToInt(number -> (int) number.getAsLong())
                .max()
                .orElse(0);
    }

    /**
     * How a version was decided, if it was; that is for ever, even if whoever decided died before it knew.
     *
     * @throws io.slipway.model.CorruptDataException if the decision is damaged or about another version
     * @throws io.slipway.model.UnsupportedFormatException if its format is not one that this program reads
     */
    public Optional<Decision> decision(VersionId version) {
        String path = Layout.file(version, Layout.MANIFEST);
        Optional<Decision> decision = read(path).map(document -> DecisionJson.read(path, version, document));
        if (decision.isPresent() && !durable.contains(version)) {
            storage.makeDurable(path);
            durable.add(version);
        }
        return decision;
    }

    /**
     * The manifest of a committed version.
     *
     * @throws NotFoundException if the version is not committed
     * @throws io.slipway.model.CorruptDataException if the manifest is damaged or about another version
     */
    public Decision.Committed committed(VersionId version) {
        if (decision(version).orElse(null) instanceof Decision.Committed committed) {
            return committed;
        }
        throw new NotFoundException("There is no committed " + version + " in " + storage.location()
                + ". See `slipway versions " + version.dataset() + "`.");
    }

    /**
     * Decides a version as committed, unless it is decided already.
     *
     * @return the decision that holds, which is this call's if it is {@code Committed} with an equal manifest
     * @throws io.slipway.model.CorruptDataException if the manifest contradicts itself; nothing is decided then
     * @throws CommitStateUnknownException if whether the decision was written cannot be known
     */
    public Decision commit(Manifest manifest) {
        return decide(manifest.version(), DecisionJson.writeCommitted(manifest, writeIds.get()));
    }

    /**
     * Decides a version as aborted, unless it is decided already.
     *
     * @return the decision that holds
     * @throws CommitStateUnknownException if whether the decision was written cannot be known
     */
    public Decision abort(VersionId version, String reason) {
        return decide(version, DecisionJson.writeAborted(reason, writeIds.get()));
    }

    /**
     * Takes over a version that was claimed and decided elsewhere: creates its claim, then its decision. Repeating it is
     * safe, and so are several at once.
     *
     * @param claim its claim, the same whoever takes it over
     * @param document its decision, byte by byte, likewise
     * @return the decision, which is now this repository's too
     * @throws CommitConflictException if the number belongs to another run here, or is decided otherwise; nothing is
     *     changed then
     * @throws io.slipway.model.CorruptDataException if the document is damaged or about another version
     * @throws io.slipway.model.UnsupportedFormatException if its format is not one that this program reads
     */
    public Decision adopt(Claim claim, byte[] document) {
        VersionId version = claim.version();
        String path = Layout.file(version, Layout.MANIFEST);
        Decision wanted = DecisionJson.read(path, version, document); // What nobody could read must not be stored.
        String claimPath = Layout.file(version, Layout.CLAIM);
        Claim held = ClaimJson.read(claimPath, version, createOrRead(claimPath, ClaimJson.write(claim)));
        if (!held.runId().equals(claim.runId())) {
            throw new CommitConflictException("The number of " + version + ", which run " + claim.runId()
                    + " has published elsewhere, belongs to run " + held.runId() + " in " + storage.location()
                    + ". Publish that one again with another run id: it gets another number.");
        }
        if (!Arrays.equals(createOrRead(path, document), document)) {
            throw new CommitConflictException("The decision of " + version + " in " + storage.location()
                    + " is not the one that run " + claim.runId()
                    + " has published elsewhere. Publish that one again with another run id: it gets another number.");
        }
        return wanted;
    }

    /** The files in a version's folder. */
    public List<StoredFile> files(VersionId version) {
        return storage.files(Layout.folder(version));
    }

    private Decision decide(VersionId version, byte[] document) {
        String path = Layout.file(version, Layout.MANIFEST);
        DecisionJson.read(path, version, document); // What nobody could read must not be stored: it is for ever.
        try {
            return DecisionJson.read(path, version, createOrRead(path, document));
        } catch (UnavailableException e) {
            throw new CommitStateUnknownException(
                    "Whether " + version + " was decided is not known: " + e.getMessage()
                            + " Leave everything as it is, and repeat with the same run id.",
                    e);
        }
    }

    /** Creates a document or finds it taken; the winner's bytes either way. */
    private byte[] createOrRead(String path, byte[] document) {
        return storage.createIfAbsent(path, document) ? document : storage.read(path);
    }

    private Optional<byte[]> read(String path) {
        try {
            return Optional.of(storage.read(path));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }
}
