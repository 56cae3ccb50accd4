package io.slipway.serving.staging;

import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Setting.Verification;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.Route;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.serving.store.DataFolder;
import io.slipway.serving.store.DurableFiles;
import io.slipway.serving.store.Ingestion;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.store.StagedMarker;
import io.slipway.serving.store.StoreEngine;
import io.slipway.serving.store.VersionDatabase;
import io.slipway.serving.store.VersionFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Stages versions: fetches, verifies, ingests, opens. The steps, in this order, so that whatever a crash leaves is
 * either staged or has no marker and is deleted:
 *
 * <ol>
 *   <li>read the manifest; it must be the one whose SHA-256 the catalog has;
 *   <li>fetch every file into {@code fetch/}: size, SHA-256, every block's checksum, record count and key range;
 *   <li>move the files into a new database, a column family for each partition;
 *   <li>open it read-only: records per partition; if the dataset asks for it, the digest of all records;
 *   <li>store the manifest, then the marker.
 * </ol>
 *
 * A staging that fails deletes what it wrote. Thread-safe for different versions.
 */
public final class Stager {

    private final RepositoryStorage storage;
    private final DataFolder data;
    private final StoreEngine engine;
    private final BundleFetcher bundles;
    private final Executor closer;
    private final InstantSource clock;

    /**
     * A stager.
     *
     * @param fetchers its threads say how many files are fetched at a time, over all versions
     * @param closer closes versions after their last holder has left
     */
    public Stager(
            RepositoryStorage storage,
            DataFolder data,
            StoreEngine engine,
            Executor fetchers,
            Executor closer,
            InstantSource clock) {
        this.storage = storage;
        this.data = data;
        this.engine = engine;
        this.bundles = new BundleFetcher(storage, fetchers);
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
            Manifest manifest = folder.manifest(marker.get());
            VersionDatabase database = VersionDatabase.open(engine, folder.database(marker.get()), manifest);
            return Optional.of(new OpenVersion(manifest, manifestSha256, database, closer));
        } catch (IOException | CorruptDataException e) {
            return Optional.empty();
        }
    }

    /**
     * Stages a version from the repository, whatever is on disk. A copy that is open keeps working.
     *
     * @param manifestSha256 the hash that the catalog has of its manifest
     * @param verification how far to verify it
     * @return it, with the caller as holder
     * @throws CorruptDataException if the repository's files are not what the manifest says, or it is not the catalog's
     * @throws UnavailableException if it cannot be staged now
     * @throws java.util.concurrent.CancellationException if it was cancelled
     */
    public OpenVersion stage(VersionId id, String manifestSha256, Verification verification, StagingProgress progress) {
        StoredManifest stored = StoredManifest.read(storage, id, manifestSha256);
        requireFiles(stored.manifest());
        VersionFolder folder = data.version(id);
        try {
            requireSpace(stored.manifest());
            folder.sweep();
            DurableFiles.createFolders(folder.fetchFolder());
            progress.begin(stored.manifest().bytes());
            bundles.fetch(stored.manifest(), folder.fetchFolder(), progress);
            return ingest(folder, stored, verification, progress);
        } catch (IOException e) {
            throw new UnavailableException(
                    "The folder " + folder.path() + " cannot be written: " + e
                            + ". It is tried again; look at the disk.",
                    e);
        } finally {
            cleanUp(folder);
        }
    }

    private OpenVersion ingest(
            VersionFolder folder, StoredManifest stored, Verification verification, StagingProgress progress)
            throws IOException {
        Path path = folder.newDatabase();
        Ingestion.ingest(engine, path, stored.manifest(), folder.fetchFolder());
        VersionDatabase database = VersionDatabase.open(engine, path, stored.manifest());
        boolean staged = false;
        try {
            if (verification == Verification.RECORDS) {
                database.verifyRecords(stored.manifest(), progress::isCancelled);
            }
            folder.markStaged(stored.document(), marker(stored, path, verification));
            staged = true;
            return new OpenVersion(stored.manifest(), stored.sha256(), database, closer);
        } finally {
            if (!staged) {
                database.close();
            }
        }
    }

    private StagedMarker marker(StoredManifest stored, Path database, Verification verification) {
        return new StagedMarker(
                stored.sha256(),
                String.valueOf(database.getFileName()),
                verification.name().toLowerCase(Locale.ROOT),
                clock.instant());
    }

    private static void requireFiles(Manifest manifest) {
        if (manifest.route() != Route.SST) {
            throw new UnavailableException("The " + manifest.version() + " came by the route "
                    + manifest.route().label() + ", and this node stages only files. Publish it by the route sst.");
        }
    }

    private void requireSpace(Manifest manifest) throws IOException {
        long usable = data.usableBytes();
        if (usable < manifest.bytes()) {
            throw new UnavailableException("The " + manifest.version() + " needs " + manifest.bytes() + " bytes, and "
                    + data.path() + " has " + usable + " left. It is tried again; free some space there.");
        }
    }

    /** Deletes what no marker names: after a success the fetch folder and an older copy, else all that was written. */
    private static void cleanUp(VersionFolder folder) {
        try {
            if (folder.marker().isEmpty()) {
                ProcessFolder.deleteTree(folder.path());
            } else {
                folder.sweep();
            }
        } catch (IOException e) {
            // What is left has no marker: the next staging or start deletes it.
        }
    }
}
