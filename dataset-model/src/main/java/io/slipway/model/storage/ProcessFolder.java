package io.slipway.model.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A folder for this process's temporary files, which vanishes with the process: {@link #close} removes it, and if the
 * process was killed, whoever opens the next one under the same parent does. Thread-safe.
 *
 * <p>Whether a process is alive is told by a file lock on {@code <folder>.lock}, which the operating system releases
 * when the process dies, however it dies. A folder is created after its lock is held and removed before the lock is
 * let go, so nobody ever removes the folder of a living process.
 */
public final class ProcessFolder implements AutoCloseable {

    private static final String LOCK_SUFFIX = ".lock";

    /**
     * The lock files of this process. They must not even be opened a second time: on POSIX systems, closing any channel
     * of a file lets go of all locks that the process has on it.
     */
    private static final Set<Path> OWN_LOCKS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path lockFile;
    private final FileChannel lockChannel;
    private final AtomicLong names = new AtomicLong();

    private ProcessFolder(Path path, Path lockFile, FileChannel lockChannel) {
        this.path = path;
        this.lockFile = lockFile;
        this.lockChannel = lockChannel;
    }

    /**
     * Creates this process's folder, and removes those of processes that died.
     *
     * @param parent where; created if it is not there
     * @throws IOException if the folder cannot be created
     */
    public static ProcessFolder open(Path parent) throws IOException {
        Files.createDirectories(parent);
        Path realParent = parent.toRealPath();
        removeDead(realParent);
        while (true) {
            Optional<ProcessFolder> folder = tryOpen(realParent);
            if (folder.isPresent()) {
                return folder.get();
            }
        }
    }

    /** Empty if somebody took the new lock file for a dead process's before it was locked, and removed it. */
    private static Optional<ProcessFolder> tryOpen(Path parent) throws IOException {
        String name = ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        Path lockFile = parent.resolve(name + LOCK_SUFFIX);
        OWN_LOCKS.add(lockFile);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (channel.tryLock() != null && Files.exists(lockFile)) {
                Path path = Files.createDirectory(parent.resolve(name));
                return Optional.of(new ProcessFolder(path, lockFile, channel));
            }
            giveUp(lockFile, channel);
            return Optional.empty();
        } catch (IOException e) {
            giveUp(lockFile, channel);
            throw e;
        }
    }

    private static void giveUp(Path lockFile, FileChannel channel) throws IOException {
        OWN_LOCKS.remove(lockFile);
        if (channel != null) {
            channel.close();
            Files.deleteIfExists(lockFile);
        }
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** A path in the folder that nobody else was given; there is no file yet. */
    public Path newFile() {
        return path.resolve("t" + names.incrementAndGet());
    }

    /** Removes the folder and all that is in it. */
    @Override
    public void close() {
        try (lockChannel) {
            deleteTree(path);
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            // Whoever opens the next folder under the same parent tries again.
        }
        OWN_LOCKS.remove(lockFile);
    }

    /**
     * Deletes a file or a folder with all that is in it; that there is none is fine.
     *
     * @throws IOException if something in it cannot be deleted
     */
    public static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void removeDead(Path parent) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, "*" + LOCK_SUFFIX)) {
            for (Path lock : locks) {
                if (!OWN_LOCKS.contains(lock)) {
                    removeIfDead(lock);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void removeIfDead(Path lockFile) {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                String name = lockFile.getFileName().toString();
                deleteTree(lockFile.resolveSibling(name.substring(0, name.length() - LOCK_SUFFIX.length())));
                Files.deleteIfExists(lockFile);
            }
        } catch (OverlappingFileLockException e) {
            // It belongs to this process, in another class loader.
        } catch (IOException e) {
            // Somebody else is removing it, or may: not ours to insist on.
        }
    }
}
