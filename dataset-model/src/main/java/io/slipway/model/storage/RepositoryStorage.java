package io.slipway.model.storage;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a repository's files are. Thread-safe, and safe for any number of processes.
 *
 * <p>Paths are relative to the repository, with {@code /} between their parts, none of which starts with a dot: such
 * names are the storage's own, and an {@link IllegalArgumentException}. A file is created whole and durable, or
 * not at all; it never changes afterwards. Whoever reads, lists or creates after a creation returned sees it. Who sees
 * a file whose creation has not returned, or never will because its creator died, {@linkplain #makeDurable makes it
 * durable} before others are told of it.
 *
 * <p>Every method throws {@link io.slipway.model.UnavailableException} if the storage cannot do it now; after that from
 * a creation or deletion, whether it took place is not known.
 */
public interface RepositoryStorage extends AutoCloseable {

    /** The repository as people name it. */
    String location();

    /**
     * Creates a file with the content, if there is none of that path.
     *
     * @return whether this call created it; otherwise the file that is there is left as it is. Durable either way
     */
    boolean createIfAbsent(String path, byte[] content);

    /**
     * Creates a file with the content of a local file, if there is none of that path. The local file is used up:
     * afterwards it must not be written, and may be gone.
     *
     * @param source a local file, best one of {@link #newTemporaryFile}
     * @return whether this call created it; otherwise the file that is there is left as it is. Durable either way
     */
    boolean createIfAbsent(String path, Path source);

    /**
     * A local path at which a file can be built that is going to be stored, where storing it is cheapest. What is
     * still there is removed when this storage is closed, or later if the process died.
     */
    Path newTemporaryFile();

    /**
     * Reads a whole small file.
     *
     * @throws io.slipway.model.NotFoundException if there is none
     */
    byte[] read(String path);

    /**
     * Makes sure that a file that was seen will still be there after a loss of power: its creator may have died just
     * before that was so. Nothing is to be done where a file is seen only once it is durable, as in an object store.
     */
    void makeDurable(String path);

    /**
     * Opens a file for reading from its start. The stream's own failures are {@link java.io.IOException}s.
     *
     * @throws io.slipway.model.NotFoundException if there is none
     */
    InputStream open(String path);

    /**
     * The file itself, where the storage is a local folder: to be read where that saves a copy, never to be written,
     * linked or kept. Whether there is such a file is not checked.
     */
    Optional<Path> localFile(String path);

    /** The files directly in a folder, by name; none if there is no such folder. */
    List<StoredFile> files(String folder);

    /** The names of the {@link #files}, at less cost; names of folders may be among them. */
    default List<String> fileNames(String folder) {
        return files(folder).stream().map(StoredFile::name).toList();
    }

    /** The names of the folders directly in a folder, in order; none if there is no such folder. */
    List<String> folders(String folder);

    /** Deletes a file, durably; that there is none is fine. Folders that this empties may vanish. */
    void delete(String path);

    @Override
    void close();
}
