package io.slipway.batch.engine;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.slipway.model.UnavailableException;
import io.slipway.model.publish.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Says what files are by a hash of their content (XXH3, 128 bits, in hex), once for each file. Not thread-safe. */
final class Fingerprints {

    private static final int BUFFER_BYTES = 1 << 18;

    private final Map<Path, InputFile> known = new HashMap<>();

    /**
     * The file with its size and fingerprint.
     *
     * @throws UnavailableException if it cannot be read
     */
    InputFile of(Path file) {
        return known.computeIfAbsent(file, Fingerprints::contentOf);
    }

    /** The same, whether it was read before or not. */
    static InputFile contentOf(Path file) {
        HashStream128 hash = Hashing.xxh3_128().hashStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.putBytes(buffer, 0, read);
                bytes += read;
            }
        } catch (IOException e) {
            throw new UnavailableException("The input " + file + " cannot be read (" + e + "). Check the file.", e);
        }
        return new InputFile(file.toString(), bytes, hex(hash.get()));
    }

    /** A hash as text. */
    static String hex(HashValue128 hash) {
        return String.format("%016x%016x", hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }
}
