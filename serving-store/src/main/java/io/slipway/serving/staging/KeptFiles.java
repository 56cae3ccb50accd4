package io.slipway.serving.staging;

import io.slipway.model.CorruptDataException;
import io.slipway.model.json.Sha256;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.serving.store.DurableFiles;
import io.slipway.sst.SstCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an interrupted staging has fetched already, and need not be fetched again. Stateless.
 *
 * <p><b>Why a kept file is hashed again.</b> It counts if its bytes are those of the manifest at hand, and for no other
 * reason: not because of its name, its age, or a note that an earlier process made of it. So it does not matter whether
 * that process was killed while it wrote, whether the disk has kept what it was given, or whether the copy was fetched
 * for another manifest. A note would save reading the file once more from the local disk, which is little beside
 * fetching it, and would have to be kept true through every crash.
 */
public final class KeptFiles {

    private static final int CHUNK_BYTES = 256 << 10;

    private KeptFiles() {}

    /**
     * Deletes from a folder what cannot be a whole file of a version.
     *
     * @return how many bytes are left
     */
    static long prune(Manifest manifest, Path folder) throws IOException {
        Map<String, FileEntry> files =
                manifest.files().stream().collect(Collectors.toMap(FileEntry::name, Function.identity()));
        long kept = 0;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path path : found) {
                FileEntry file = files.get(String.valueOf(path.getFileName()));
                if (file != null && isOfSize(path, file)) {
                    kept += file.bytes();
                } else {
                    ProcessFolder.deleteTree(path);
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing was fetched.
        }
        return kept;
    }

    /**
     * Whether a file is there as the entry has it: size, SHA-256, every block's checksum, record count and range of
     * keys. If so it is durable.
     *
     * @throws CancellationException if it was cancelled
     */
    public static boolean isGood(Path copy, FileEntry file, BooleanSupplier cancelled) {
        try {
            if (!isOfSize(copy, file) || !hash(copy, cancelled).equals(file.sha256())) {
                return false;
            }
            DurableFiles.sync(copy);
            SstCheck.check(copy, file);
            return true;
        } catch (IOException | CorruptDataException e) {
            return false; // Fetching it again finds out whose fault that is.
        }
    }

    private static boolean isOfSize(Path copy, FileEntry file) throws IOException {
        return Files.isRegularFile(copy) && Files.size(copy) == file.bytes();
    }

    private static String hash(Path copy, BooleanSupplier cancelled) throws IOException {
        MessageDigest sha256 = Sha256.newDigest();
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(copy)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException();
                }
                sha256.update(chunk, 0, read);
            }
        }
        return Sha256.hex(sha256);
    }
}
