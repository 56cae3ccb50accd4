package io.slipway.cli;

import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that a command writes, all or nothing: it is written beside its place under another name, which begins with a
 * dot, and gets its name when it is complete. Closed before that, it leaves what was there. Used by one thread.
 */
final class WholeFile extends FilterOutputStream {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final Path temporary;
    private boolean closed;

    private WholeFile(Path file, Path temporary) throws IOException {
        super(new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER_BYTES));
        this.file = file;
        this.temporary = temporary;
    }

    /**
     * Begins a file, which replaces the one that is there.
     *
     * @throws InvalidInputException if what is there is no file
     * @throws UnavailableException if the folder cannot be written
     */
    static WholeFile create(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new InvalidInputException(file + " is not a file, and would be replaced by one. Name another.");
        }
        Path name = file.toAbsolutePath();
        try {
            return new WholeFile(
                    name,
                    name.resolveSibling("." + name.getFileName() + "."
                            + ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw unavailable(file, e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    /**
     * Gives the file its name.
     *
     * @throws UnavailableException if it cannot be written
     */
    void complete() {
        try {
            out.close();
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unavailable(file, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                out.close();
            } finally {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /** The error of a file that cannot be written. */
    static UnavailableException unavailable(Path file, IOException e) {
        return new UnavailableException(
                "Cannot write " + file + " (" + e + "). Check the folder and the space on its disk.", e);
    }
}
