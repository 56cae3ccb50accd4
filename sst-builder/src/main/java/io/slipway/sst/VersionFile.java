package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import io.slipway.model.NotFoundException;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.RepositoryStorage;
import java.nio.file.Path;
import java.util.function.Supplier;

/** An SST file of a version, and how to get at it. Immutable. */
public final class VersionFile {

    private final String part;
    private final String place;
    private final FileEntry entry;
    private final Supplier<LocalCopy> copy;

    private VersionFile(String part, String place, FileEntry entry, Supplier<LocalCopy> copy) {
        this.part = part;
        this.place = place;
        this.entry = entry;
        this.copy = copy;
    }

    /** A file of a version in a repository. */
    static VersionFile stored(RepositoryStorage storage, VersionId version, FileEntry entry) {
        String path = Layout.file(version, entry.name());
        return new VersionFile(entry.name(), path, entry, () -> LocalCopy.of(storage, path));
    }

    /** A file of this machine that is known by its name alone. */
    static VersionFile local(Path file, FileEntry entry) {
        return made(file, entry, entry.name(), entry.name());
    }

    /**
     * A file of this machine that was made of records which lie elsewhere.
     *
     * @param file where it is
     * @param entry what it is to be
     * @param part the name of what the manifest has in its place, of which there may be several files
     * @param place where the records lie, for messages
     */
    public static VersionFile made(Path file, FileEntry entry, String part, String place) {
        return new VersionFile(part, place, entry, () -> new LocalCopy(file, false));
    }

    /** What it is to be. */
    public FileEntry entry() {
        return entry;
    }

    /** Whether it holds what a manifest's entry names, or some of it. */
    boolean isOf(FileEntry named) {
        return part.equals(named.name());
    }

    /** Where its records lie, for messages. */
    String place() {
        return place;
    }

    /**
     * Gets at it; to be closed.
     *
     * @throws CorruptDataException if it is missing, where that is noticed by reading it
     * @throws io.slipway.model.UnavailableException if it cannot be read
     */
    LocalCopy open() {
        try {
            return copy.get();
        } catch (NotFoundException e) {
            throw new CorruptDataException(place, "whole file", "it is missing", e);
        }
    }
}
