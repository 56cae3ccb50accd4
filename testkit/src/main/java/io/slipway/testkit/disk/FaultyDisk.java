package io.slipway.testkit.disk;

import io.slipway.testkit.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder as a disk that processes come and go on: each {@linkplain #mount mounts} it with a fault of its own, and is
 * {@linkplain #unmount unmounted} when it has ended, however it ended. What was written stays, until the {@linkplain
 * #losePower power is lost}: then only what was synced does.
 *
 * <p>The model is the strictest that a file system may be: a file's content is lost unless the file was synced after it
 * was written, and a name that was created, replaced or removed is so only once its folder was synced. Folders that were
 * not created through a mount, but by a native library, are taken for durable with all that is in them, and so is what
 * was there at the beginning.
 *
 * <p>Calls are named {@code disk: <verb> <path>}, the path relative to the folder, temporary names made alike. Those that
 * change nothing are {@linkplain #changesNothing recognised}. Thread-safe.
 */
public final class FaultyDisk {

    private final Path folder;
    private final DiskImage image;
    private final List<DiskFileSystem> mounts = new ArrayList<>();

    /**
     * A disk.
     *
     * @param folder what it holds
     * @throws IOException if that cannot be read
     */
    public FaultyDisk(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        this.image = new DiskImage(this.folder);
    }

    /** The folder as a process sees it of whose calls one fails. */
    public synchronized Path mount(Faults faults) {
        DiskFileSystem files = new DiskFileSystem(folder, image, faults);
        mounts.add(files);
        return files.root();
    }

    /** Ends all processes: closes what they left open, so that their locks go. Their calls must have ended. */
    public synchronized void unmount() throws IOException {
        for (DiskFileSystem mount : mounts) {
            mount.close();
        }
        mounts.clear();
    }

    /** Loses what was not synced. No process may have it mounted. */
    public synchronized void losePower() throws IOException {
        if (!mounts.isEmpty()) {
            throw new IllegalStateException("Unmount the disk before its power is lost");
        }
        image.restore();
    }

    /** Whether a call only looks at what is there. */
    public static boolean changesNothing(String call) {
        return Stream.of("look at", "list", "open to read", "read")
                .anyMatch(verb -> call.startsWith("disk: " + verb + " "));
    }
}
