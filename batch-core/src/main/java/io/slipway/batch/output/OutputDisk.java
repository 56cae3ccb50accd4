package io.slipway.batch.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The port to the disk that output folders are on. Thread-safe. */
public interface OutputDisk {

    /** Creates a folder in one that is there. */
    void createFolder(Path folder) throws IOException;

    /** Creates a file, for writing. */
    OutputStream create(Path file) throws IOException;

    /** Makes a file's content, or a folder's list of names, durable. */
    void sync(Path path) throws IOException;

    /**
     * Renames a file or a folder, in one step for all who look. A folder may take the place of an empty one.
     *
     * @throws IOException if the name is taken; nothing is changed then
     */
    void move(Path from, Path to) throws IOException;

    /** Deletes a file, or a folder with all that is in it, if it is there. */
    void delete(Path path) throws IOException;
}
