package io.slipway.cli;

import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard input as a file: types are found by reading all of it first, and a failed task reads its part again. It is
 * kept byte by byte as it comes, compressed or not, so that its fingerprint is that of the same bytes in a file.
 */
final class StandardInput {

    /** What stands for it where files are named. */
    static final Path NAME = Path.of("-");

    private StandardInput() {}

    /**
     * Copies it into a folder, to the end.
     *
     * @throws UnavailableException if that is not possible
     */
    static Path keptIn(Path folder, InputStream in) {
        Path file = folder.resolve("standard-input");
        try {
            Files.copy(in, file);
        } catch (IOException e) {
            throw new UnavailableException(
                    "Standard input cannot be kept in " + file + " (" + e
                            + "). Make room, or choose another folder with --scratch.",
                    e);
        }
        return file;
    }
}
