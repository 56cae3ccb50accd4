package io.slipway.serving.staging;

import io.slipway.model.CorruptDataException;
import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.json.Sha256;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.serving.metrics.FetchCounts;
import io.slipway.sst.SstCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Copies one file of a bundle and verifies the copy, unless a good copy is there. Thread-safe. */
final class FileFetcher {

    private static final int CHUNK_BYTES = 256 << 10;

    private final RepositoryStorage storage;
    private final Throttle throttle;
    private final FetchCounts counts;

    FileFetcher(RepositoryStorage storage, Throttle throttle, FetchCounts counts) {
        this.storage = storage;
        this.throttle = throttle;
        this.counts = counts;
    }

    /**
     * Fetches a file: size and SHA-256 are compared while copying, then every block's checksum, the record count and
     * the range of keys. A copy that disagrees is fetched once more, in case only the copy is damaged. One that an
     * interrupted staging has left is kept if it is good ({@link KeptFiles}). What is not good is deleted.
     *
     * @throws CorruptDataException if the repository's file is not what the manifest says
     * @throws UnavailableException if it cannot be read or the copy cannot be written now
     * @throws CancellationException if it was cancelled
     */
    void fetch(VersionId version, FileEntry file, Path target, StagingProgress progress, BooleanSupplier cancelled) {
        if (KeptFiles.isGood(target, file, cancelled)) {
            progress.add(file.bytes());
            return;
        }
        delete(target);
        try {
            fetchOnce(version, file, target, progress, cancelled);
        } catch (CorruptDataException first) {
            fetchOnce(version, file, target, progress, cancelled);
        }
    }

    private void fetchOnce(
            VersionId version, FileEntry file, Path target, StagingProgress progress, BooleanSupplier cancelled) {
        String path = Layout.file(version, file.name());
        long copied = 0;
        boolean good = false;
        MessageDigest sha256 = Sha256.newDigest();
        try (InputStream in = open(path, file);
                FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = read(in, chunk, path); read >= 0; read = read(in, chunk, path)) {
                counts.fetched(read, 0);
                throttle.take(read, cancelled);
                checkWanted(cancelled);
                sha256.update(chunk, 0, read);
                write(out, chunk, read);
                copied += read;
                progress.add(read);
                if (copied > file.bytes()) {
                    throw new CorruptDataException(path, "size", file.bytes() + " bytes", "more");
                }
            }
            out.force(true);
            compare(path, file, target, copied, Sha256.hex(sha256));
            SstCheck.check(target, file);
            good = true;
        } catch (IOException e) {
            throw new UnavailableException(
                    "The copy " + target + " cannot be written: " + e
                            + ". It is tried again; free some space or look at the disk.",
                    e);
        } finally {
            if (!good) {
                progress.add(-copied);
                giveUp(target);
            }
        }
    }

    private InputStream open(String path, FileEntry file) {
        try {
            return storage.open(path);
        } catch (NotFoundException e) {
            StorageCheck.requireThere(storage);
            throw new CorruptDataException(path, "whole file", file.bytes() + " bytes", "no file");
        }
    }

    private static int read(InputStream in, byte[] chunk, String path) {
        try {
            return in.read(chunk);
        } catch (IOException e) {
            throw new UnavailableException(
                    "The file " + path + " of the repository cannot be read: " + e
                            + ". It is tried again; look at the storage if this lasts.",
                    e);
        }
    }

    private static void write(FileChannel out, byte[] chunk, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length);
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static void compare(String path, FileEntry file, Path copy, long bytes, String sha256) {
        if (bytes != file.bytes()) {
            throw new CorruptDataException(path, "size", file.bytes() + " bytes", bytes + " bytes");
        }
        if (!sha256.equals(file.sha256())) {
            throw new CorruptDataException(path, place(copy, file), "SHA-256 " + file.sha256(), sha256);
        }
    }

    /** Where a file differs whose hash is wrong: a block whose checksum is wrong too, if there is one. */
    private static String place(Path copy, FileEntry file) {
        try {
            SstCheck.check(copy, file);
            return "whole file";
        } catch (CorruptDataException e) {
            return e.place();
        }
    }

    private static void checkWanted(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException();
        }
    }

    private static void giveUp(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // What has failed before is the news; the next staging looks at what is left.
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UnavailableException("The copy " + file + " cannot be deleted: " + e + ".", e);
        }
    }
}
