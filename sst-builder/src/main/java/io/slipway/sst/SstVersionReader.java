package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.VersionReader;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads versions by their files. A file's size and SHA-256 are compared with what it is to be before its first record is
 * shown, and every block's checksum as it is read. Reads full versions only, no deltas. Thread-safe.
 */
public final class SstVersionReader implements VersionReader {

    private final VersionFiles files;
    private final CatalogStore catalog;

    /**
     * A reader of versions.
     *
     * @param files where they are
     * @param catalog tells which are current; only read
     */
    public SstVersionReader(VersionFiles files, CatalogStore catalog) {
        this.files = files;
        this.catalog = catalog;
    }

    @Override
    public CommittedVersion version(VersionId version) {
        Decision.Committed committed = files.repository().committed(version);
        if (committed.manifest().delta().isPresent()) {
            throw new InvalidInputException(
                    "The input " + version + " is a delta, and jobs read full versions. Make one"
                            + " of it with `slipway compact " + version.dataset() + " " + version.number() + "`.");
        }
        return new CommittedVersion(committed.manifest(), committed.sha256());
    }

    @Override
    public CommittedVersion current(DatasetName dataset) {
        DatasetEntry entry = catalog.latest().datasetOrEmpty(dataset);
        VersionEntry current = entry.current()
                .orElseThrow(() -> new NotFoundException("No version of " + dataset + " is current in "
                        + files.repository().storage().location() + ". Name a version's number, or publish one."));
        CommittedVersion version = version(entry.id(current.number()));
        if (!version.manifestSha256().equals(current.manifestSha256())) {
            throw new CorruptDataException(
                    Layout.file(version.manifest().version(), Layout.MANIFEST),
                    "whole file",
                    "SHA-256 " + current.manifestSha256(),
                    version.manifestSha256());
        }
        return version;
    }

    @Override
    public void read(CommittedVersion version, FileEntry file, RecordVisitor visitor) {
        files.of(version.manifest(), file.partition()).stream()
                .filter(found -> found.isOf(file))
                .forEach(found -> read(found, visitor));
    }

    private static void read(VersionFile file, RecordVisitor visitor) {
        try (LocalCopy copy = file.open()) {
            read(file.place(), copy.path(), file.entry(), visitor);
        } catch (NoSuchFileException e) {
            throw new CorruptDataException(
                    file.place(), "whole file", file.entry().bytes() + " bytes", "no file");
        } catch (IOException e) {
            throw new UnavailableException(file.place() + " cannot be read (" + e + "). Check the repository.", e);
        }
    }

    private static void read(String place, Path local, FileEntry expected, RecordVisitor visitor) throws IOException {
        long bytes = Files.size(local);
        if (bytes != expected.bytes()) {
            throw new CorruptDataException(place, "size", expected.bytes() + " bytes", bytes + " bytes");
        }
        String found = SstOutput.hash(local);
        if (!found.equals(expected.sha256())) {
            throw new CorruptDataException(place, "whole file", "SHA-256 " + expected.sha256(), found);
        }
        SstRecords.forEach(local, visitor::record);
    }
}
