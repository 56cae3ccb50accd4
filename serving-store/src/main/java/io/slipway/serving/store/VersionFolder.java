package io.slipway.serving.store;

import io.slipway.model.CorruptDataException;
import io.slipway.model.SlipwayException;
import io.slipway.model.VersionId;
import io.slipway.model.json.Sha256;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.DecisionJson;
import io.slipway.model.storage.ProcessFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder of one version on a node:
 *
 * <pre>
 *   v&lt;N&gt;/
 *      fetch/           files on their way in; what is whole of an interrupted staging stays for the next one
 *      ingest/          links to these, which RocksDB uses up
 *      db-&lt;k&gt;/          a RocksDB database, one column family for each partition that has records
 *      manifest.json    the stored bytes of the manifest
 *      staged.json      the marker, created last: names the manifest and the database that count
 * </pre>
 *
 * <p>Only what a valid marker names counts. A version that is fetched again because its copy is damaged gets another
 * {@code db-<k>}, and the marker is replaced atomically, so that the old copy serves until then. Whatever no marker
 * names, but fetched files, is deleted when the node starts ({@link #sweep}) and when the version is staged again. Not thread-safe: one
 * thread at a time works on a version.
 */
public final class VersionFolder {

    private static final String MANIFEST = "manifest.json";
    private static final String MARKER = "staged.json";
    private static final String FETCH = "fetch";
    private static final String INGEST = "ingest";
    private static final String DATABASE = "db-";

    private final VersionId id;
    private final Path path;

    VersionFolder(VersionId id, Path path) {
        this.id = id;
        this.path = path;
    }

    /** The version. */
    public VersionId id() {
        return id;
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** Where files are fetched to. */
    public Path fetchFolder() {
        return path.resolve(FETCH);
    }

    /** The marker, if there is a valid one; one that is damaged or cannot be read counts as none. */
    public Optional<StagedMarker> marker() {
        try {
            return readMarker();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The marker; what cannot be read now may be a valid one. */
    private Optional<StagedMarker> readMarker() throws IOException {
        Path file = path.resolve(MARKER);
        try {
            return Optional.of(StagedMarker.read(file.toString(), Files.readAllBytes(file)));
        } catch (SlipwayException | NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The database that a marker names. */
    public Path database(StagedMarker marker) {
        return path.resolve(marker.database());
    }

    /**
     * The manifest that a version was staged with.
     *
     * @throws CorruptDataException if it is not the one that the marker names
     */
    public Manifest manifest(StagedMarker marker) throws IOException {
        Path file = path.resolve(MANIFEST);
        byte[] document = Files.readAllBytes(file);
        if (!Sha256.hex(document).equals(marker.manifestSha256())) {
            throw new CorruptDataException(
                    file.toString(), "whole file", "SHA-256 " + marker.manifestSha256(), Sha256.hex(document));
        }
        if (DecisionJson.read(file.toString(), id, document) instanceof Decision.Committed committed) {
            return committed.manifest();
        }
        throw new CorruptDataException(file.toString(), "whole file", "a manifest", "an aborted version");
    }

    /**
     * What the database that a marker names holds.
     *
     * @throws CorruptDataException if the manifest is not the one that the marker names
     */
    public VersionContent content(StagedMarker marker) throws IOException {
        return marker.content().isPresent() ? marker.content().get() : VersionContent.of(manifest(marker));
    }

    /** A new folder for a database that no marker names yet; it is not created. */
    public Path newDatabase() throws IOException {
        int greatest = 0;
        try (DirectoryStream<Path> databases = Files.newDirectoryStream(path, DATABASE + "*")) {
            for (Path database : databases) {
                greatest = Math.max(greatest, generation(database));
            }
        }
        return path.resolve(DATABASE + (greatest + 1));
    }

    /** Stores manifest and marker, durably and in this order: from here on the version is staged. */
    public void markStaged(byte[] manifest, StagedMarker marker) throws IOException {
        DurableFiles.sync(path.resolve(marker.database()));
        DurableFiles.write(path.resolve(MANIFEST), manifest);
        DurableFiles.write(path.resolve(MARKER), marker.toBytes());
    }

    /**
     * Deletes everything that no valid marker names, but the files that were fetched for a version without a marker; the
     * whole folder if nothing is left of it.
     *
     * @throws IOException if something cannot be deleted, or the marker cannot be read now: then nothing is
     */
    public void sweep() throws IOException {
        if (readMarker().isPresent()) {
            deleteFetched();
        }
        sweepKeepingFetched();
    }

    /**
     * Deletes everything that no valid marker names, but the files that were fetched; the whole folder if nothing is left of
     * it.
     *
     * @throws IOException if something cannot be deleted, or the marker cannot be read now: then nothing is
     */
    public void sweepKeepingFetched() throws IOException {
        Optional<StagedMarker> marker = readMarker();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            for (Path entry : all) {
                boolean isKept = entry.endsWith(FETCH)
                        || (marker.isPresent()
                                && (entry.endsWith(marker.get().database())
                                        || entry.endsWith(MANIFEST)
                                        || entry.endsWith(MARKER)));
                if (!isKept) {
                    ProcessFolder.deleteTree(entry);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        }
        if (marker.isEmpty() && isEmpty(fetchFolder())) {
            ProcessFolder.deleteTree(path);
        }
    }

    /**
     * Fetched files, as links in a folder that may be used up: so they stay until the version is staged, whatever fails
     * until then.
     *
     * @param fetched those that make up the version
     */
    public LocalFiles linkFetched(List<FileEntry> fetched) throws IOException {
        Path links = path.resolve(INGEST);
        ProcessFolder.deleteTree(links);
        Files.createDirectory(links);
        for (FileEntry file : fetched) {
            Files.createLink(links.resolve(file.name()), fetchFolder().resolve(file.name()));
        }
        return new LocalFiles(links, fetched);
    }

    /** Deletes the files that were fetched. */
    public void deleteFetched() throws IOException {
        ProcessFolder.deleteTree(fetchFolder());
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** Deletes one database; not to be called while a marker names it, unless {@link #delete} follows. */
    public void deleteDatabase(Path database) throws IOException {
        ProcessFolder.deleteTree(database);
    }

    /** Deletes the version, the marker first and durably, so that a crash in between leaves nothing that counts. */
    public void delete() throws IOException {
        try {
            Files.deleteIfExists(path.resolve(MARKER));
            DurableFiles.sync(path); // Also if an earlier try has deleted it: that one may have failed here.
        } catch (NoSuchFileException e) {
            return; // There is no folder.
        }
        ProcessFolder.deleteTree(path);
    }

    private static int generation(Path database) {
        try {
            return Integer.parseInt(database.getFileName().toString().substring(DATABASE.length()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
