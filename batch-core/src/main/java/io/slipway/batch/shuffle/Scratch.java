package io.slipway.batch.shuffle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The port to the files that a running job keeps for itself. Thread-safe. */
public interface Scratch extends AutoCloseable {

    /** A name for a new file, which begins with {@code prefix} and which no other has. */
    Path newFile(String prefix);

    /** Creates a file of a name that {@link #newFile} made, for writing. */
    FileChannel write(Path file) throws IOException;

    /** Opens a complete file for reading. */
    FileChannel read(Path file) throws IOException;

    /** Deletes a file if it is there; a failure is left to {@link #close}. */
    void delete(Path file);

    /** Deletes all files. */
    @Override
    void close();
}
