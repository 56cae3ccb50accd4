package io.slipway.batch.engine;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A lock on a name in a folder, among all processes of a machine; the operating system lets go of a process's locks when
 * it dies, however it dies. A lock is one byte, at a hash of the name, of one file that is never deleted, so that nobody
 * holds a lock on a file that another has replaced. Thread-safe.
 *
 * <p>A process has that file open once, for as long as it holds a lock: on POSIX systems, closing any channel of a file
 * lets go of all locks that the process has on it.
 */
final class NameLock implements AutoCloseable {

    private static final String FILE = "locks";
    private static final Map<Path, LockFile> OPEN = new HashMap<>();

    private final Path folder;
    private final FileLock lock;

    private NameLock(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** The lock of a name; empty if somebody else has it. */
    static Optional<NameLock> tryLock(Path parent, String name) throws IOException {
        Path folder = parent.toRealPath();
        long place = Hashing.xxh3_64().hashCharsToLong(name) >>> 2;
        synchronized (OPEN) {
            LockFile file = OPEN.get(folder);
            if (file == null) {
                file = new LockFile(
                        FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
                OPEN.put(folder, file);
            }
            file.locks++;
            FileLock lock = null;
            try {
                lock = file.channel.tryLock(place, 1, false);
            } catch (OverlappingFileLockException e) {
                // Somebody else in this process has it.
            } finally {
                if (lock == null) {
                    letGo(folder);
                }
            }
            return Optional.ofNullable(lock).map(held -> new NameLock(folder, held));
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            try {
                lock.release();
            } finally {
                letGo(folder);
            }
        }
    }

    private static void letGo(Path folder) throws IOException {
        LockFile file = OPEN.get(folder);
        if (--file.locks == 0) {
            OPEN.remove(folder);
            file.channel.close();
        }
    }

    /** The file of one folder, while locks in it are held. */
    private static final class LockFile {

        private final FileChannel channel;
        private int locks;

        LockFile(FileChannel channel) {
            this.channel = channel;
        }
    }
}
