package io.slipway.examples.bulk;

import io.slipway.model.UnavailableException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder of bulk files, each there as a whole or not at all: a file has another name until it is complete and durable.
 * Used by one thread of one process.
 */
final class BulkFolder {

    private static final String UNFINISHED = ".unfinished";
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;

    /**
     * Opens a folder, which is created if it is not there.
     *
     * @throws UnavailableException if that is not possible
     */
    BulkFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** The last file, {@link BulkFile#NONE} if there is none. */
    BulkFile last() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> BulkFile.of(file.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .max(BulkFile::compareTo)
                    .orElse(BulkFile.NONE);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /**
     * Writes a file. It replaces what an interrupted call has left.
     *
     * @param content writes all of it; if it throws, there is no file
     * @throws UnavailableException if it cannot be written
     */
    Path write(BulkFile file, Consumer<OutputStream> content) {
        Path unfinished = folder.resolve(UNFINISHED);
        Path whole = folder.resolve(file.name());
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER_BYTES)) {
                content.accept(out);
            }
            sync(unfinished, StandardOpenOption.WRITE);
            Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
            sync(folder, StandardOpenOption.READ);
            return whole;
        } catch (IOException e) {
            throw unavailable(e);
        } catch (UncheckedIOException e) {
            throw unavailable(e.getCause());
        }
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private UnavailableException unavailable(IOException e) {
        return new UnavailableException(
                "The folder " + folder + " cannot be used: " + e + ". Look at its disk, and start again.", e);
    }
}
