package io.slipway.serving.staging;

import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Setting.Verification;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.serving.store.DataFolder;
import io.slipway.serving.store.DurableFiles;
import io.slipway.serving.store.Ingestion;
import io.slipway.serving.store.LocalFiles;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.store.StagedMarker;
import io.slipway.serving.store.StoreEngine;
import io.slipway.serving.store.VersionContent;
import io.slipway.serving.store.VersionDatabase;
import io.slipway.serving.store.VersionFolder;
import io.slipway.sst.SstCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Stages versions: fetches, verifies, ingests, opens. The steps, in this order, so that whatever a crash leaves is
 * either staged or has no marker and is not a version:
 *
 * <ol>
 *   <li>read the manifest; it must be the one whose SHA-256 the catalog has, and have each file under the partition of its
 *       keys;
 *   <li>fetch every file into {@code fetch/}: size, SHA-256, every block's checksum, record count and key range; or, of a
 *       version that is in a topic, make such files of its records (see {@link VersionSource});
 *   <li>of a delta, look up in its base what it changes, and derive from that what the result is to hold;
 *   <li>move the files into a new database, a column family for each partition; of a delta into one of links to its base's
 *       files;
 *   <li>open it read-only: records per partition; if the dataset asks for it, the digest of all records;
 *   <li>store the manifest, then the marker.
 * </ol>
 *
 * A staging that is interrupted (a kill, a shutdown, storage that is away) leaves the files that it has fetched whole, and
 * the next one does not fetch them again ({@link VersionSource#prune}); one that finds the repository damaged deletes them. What
 * staging a delta costs goes with the size of the delta, not of its base. Thread-safe for different versions.
 */
public final class Stager {

    private final RepositoryStorage storage;
    private final DataFolder data;
    private final StoreEngine engine;
    private final VersionSource bundles;
    private final VersionSource topics;
    private final SpaceGuard space;
    private final Executor closer;
    private final InstantSource clock;

    /**
     * A stager.
     *
     * @param storage has the manifests of all versions
     * @param bundles has the files of those of the SST route
     * @param topics has the records of those of the Kafka route
     * @param closer closes versions after their last holder has left
     * @param reserveBytes how much of the disk has to be free after a staging
     */
    public Stager(
            RepositoryStorage storage,
            DataFolder data,
            StoreEngine engine,
            VersionSource bundles,
            VersionSource topics,
            Executor closer,
            InstantSource clock,
            long reserveBytes) {
        this.storage = storage;
        this.data = data;
        this.engine = engine;
        this.bundles = bundles;
        this.topics = topics;
        this.space = new SpaceGuard(data, reserveBytes);
        this.closer = closer;
        this.clock = clock;
    }

    /**
     * Opens a version that is staged on disk already.
     *
     * @param manifestSha256 the manifest that it must have been verified against
     * @return it, with the caller as holder; none if it is not staged with this manifest or cannot be opened
     */
    public Optional<OpenVersion> openStaged(VersionId id, String manifestSha256) {
        VersionFolder folder = data.version(id);
        Optional<StagedMarker> marker =
                folder.marker().filter(found -> found.manifestSha256().equals(manifestSha256));
        if (marker.isEmpty()) {
            return Optional.empty();
        }
        try {
            DurableFiles.sync(folder.path()); // Whoever wrote the marker may have died before it was durable.
            Manifest manifest = folder.manifest(marker.get());
            VersionDatabase database =
                    VersionDatabase.open(engine, folder.database(marker.get()), folder.content(marker.get()));
            return Optional.of(new OpenVersion(manifest, manifestSha256, database, closer));
        } catch (IOException | CorruptDataException e) {
            return Optional.empty();
        }
    }

    /** Whether a version is staged on disk with a manifest; whether it can be opened is another question. */
    public boolean isStaged(VersionId id, String manifestSha256) {
        return data.version(id)
                .marker()
                .filter(marker -> marker.manifestSha256().equals(manifestSha256))
                .isPresent();
    }

    /**
     * Stages a version from the repository, whatever is on disk. A copy that is open keeps working.
     *
     * @param wanted what the catalog says of it
     * @param base of a delta, the version that it is on, held by the caller
     * @return it, with the caller as holder
     * @throws CorruptDataException if the repository's files are not what the manifest says, it is not the catalog's, or
     *     it is a delta on another version than the base, or with another result than the catalog's
     * @throws UnavailableException if it cannot be staged now
     * @throws java.util.concurrent.CancellationException if it was cancelled
     */
    public OpenVersion stage(VersionId id, Wanted wanted, Optional<OpenVersion> base, StagingProgress progress) {
        StoredManifest stored = StoredManifest.read(storage, id, wanted.manifestSha256());
        stored.manifest().files().forEach(file -> SstCheck.checkPartition(stored.manifest(), file));
        stored.manifest().delta().ifPresent(delta -> BaseCheck.check(stored.manifest(), delta, base));
        VersionFolder folder = data.version(id);
        try {
            OpenVersion version = stage(folder, stored, wanted, base, progress);
            cleanUp(folder);
            return version;
        } catch (CorruptDataException e) {
            cleanUp(folder);
            throw e;
        } catch (IOException e) {
            throw new UnavailableException(
                    "The folder " + folder.path() + " cannot be written: " + e
                            + ". It is tried again; look at the disk.",
                    e);
        }
    }

    private OpenVersion stage(
            VersionFolder folder,
            StoredManifest stored,
            Wanted wanted,
            Optional<OpenVersion> base,
            StagingProgress progress)
            throws IOException {
        boolean staged = false;
        try {
            folder.sweepKeepingFetched();
            VersionSource source = stored.manifest().route() == Route.SST ? bundles : topics;
            long kept = source.prune(stored.manifest(), folder.fetchFolder());
            space.require(folder.id(), stored.manifest().bytes() - kept);
            DurableFiles.createFolders(data.path(), folder.fetchFolder());
            progress.begin(stored.manifest().bytes());
            List<FileEntry> files = source.fetch(
                    new CommittedVersion(stored.manifest(), stored.sha256()),
                    wanted.shape(),
                    folder.fetchFolder(),
                    progress);
            OpenVersion version = ingest(folder, stored, files, wanted, base, progress);
            staged = true;
            return version;
        } finally {
            if (!staged) {
                keepFetched(folder);
            }
        }
    }

    private OpenVersion ingest(
            VersionFolder folder,
            StoredManifest stored,
            List<FileEntry> files,
            Wanted wanted,
            Optional<OpenVersion> base,
            StagingProgress progress)
            throws IOException {
        Path path = folder.newDatabase();
        LocalFiles links = folder.linkFetched(files);
        VersionContent content = stored.manifest().delta().isPresent()
                ? ingestDelta(path, stored.manifest(), links, wanted, base.orElseThrow(), progress)
                : ingestFull(path, stored.manifest(), links);
        VersionDatabase database = VersionDatabase.open(engine, path, content);
        boolean staged = false;
        try {
            if (wanted.verification() == Verification.RECORDS) {
                database.verifyRecords(stored.manifest(), progress::isCancelled);
            }
            folder.markStaged(stored.document(), marker(stored, path, wanted.verification(), content));
            staged = true;
            return new OpenVersion(stored.manifest(), stored.sha256(), database, closer);
        } finally {
            if (!staged) {
                database.close();
            }
        }
    }

    private VersionContent ingestFull(Path path, Manifest manifest, LocalFiles files) {
        Ingestion.ingest(engine, path, files);
        return VersionContent.of(manifest);
    }

    private VersionContent ingestDelta(
            Path path, Manifest manifest, LocalFiles files, Wanted wanted, OpenVersion base, StagingProgress progress) {
        VersionContent content = DeltaResult.of(base, manifest, files, progress::isCancelled);
        Optional<Digest> expected = wanted.result();
        if (expected.isPresent() && !expected.get().equals(content.digest())) {
            throw new CorruptDataException(
                    Layout.folder(manifest.version()), "result on its base", expected.get(), content.digest());
        }
        base.checkpoint(path);
        Ingestion.ingestDelta(engine, path, base.content(), files);
        return content;
    }

    private StagedMarker marker(
            StoredManifest stored, Path database, Verification verification, VersionContent content) {
        return new StagedMarker(
                stored.sha256(),
                String.valueOf(database.getFileName()),
                verification.name().toLowerCase(Locale.ROOT),
                clock.instant(),
                stored.manifest().delta().isPresent() ? Optional.of(content) : Optional.empty());
    }

    /** Deletes what no marker names but the files that were fetched. */
    private static void keepFetched(VersionFolder folder) {
        try {
            folder.sweepKeepingFetched();
        } catch (IOException e) {
            // What is left has no marker: the next staging or start deletes it.
        }
    }

    /** Deletes what no marker names: after a success the fetch folder and an older copy, else all that was written. */
    private static void cleanUp(VersionFolder folder) {
        try {
            folder.deleteFetched();
            folder.sweepKeepingFetched();
        } catch (IOException e) {
            // What is left has no marker: the next staging or start deletes it.
        }
    }
}
