package io.slipway.batch.shuffle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** The port to the files that a running job keeps for itself. Thread-safe. */
public interface Scratch extends AutoCloseable {

    /** A name for a new file, which begins with {@code prefix} and which no other has. */
    Path newFile(String prefix);

    /** The file of a name that {@link #newFile} made, in this process or in one before. */
    Path file(String name);

    /** All files. */
    List<Path> files() throws IOException;

    /** Creates a file of a name that {@link #newFile} made, for writing. */
    FileChannel write(Path file) throws IOException;

    /** Opens a complete file for reading. */
    FileChannel read(Path file) throws IOException;

    /** Opens a file for reading and writing what is in it, having created it empty if it was not there. */
    FileChannel update(Path file) throws IOException;

    /** Deletes a file if it is there; a failure is left to {@link #close}. */
    void delete(Path file);

    /** Deletes all files. */
    @Override
    void close();
}
