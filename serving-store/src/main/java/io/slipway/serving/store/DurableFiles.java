package io.slipway.serving.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes that survive a crash: whole or not at all. Stateless. */
public final class DurableFiles {

    private DurableFiles() {}

    /**
     * Creates or replaces a small file atomically, and returns once it is durable.
     *
     * @throws IOException if it cannot be written; then the file is as it was
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        sync(parent(file));
    }

    /** Creates a folder and those above it, each durably. */
    public static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        createFolders(parent(folder));
        create(folder);
    }

    /**
     * Creates a folder and those between it and one that there is, each durably; also those that are there already, whose
     * creator may have failed or died before they were. Several threads may create folders with common ones at once.
     */
    public static void createFolders(Path top, Path folder) throws IOException {
        if (!folder.equals(top)) {
            createFolders(top, parent(folder));
            create(folder);
        }
    }

    /** Creates a folder durably; where it is there already, somebody else may have just created and not synced it. */
    private static void create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        sync(parent(folder));
    }

    /** Makes what was created, renamed or deleted in a folder durable. */
    public static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path : parent;
    }
}
