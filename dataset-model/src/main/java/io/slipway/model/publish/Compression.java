package io.slipway.model.publish;

import io.slipway.model.InvalidInputException;
import java.util.Locale;

/** How the blocks of a version's files are compressed. Readers need not be told: each block says it. */
public enum Compression {
    /** Not at all. */
    NONE,
    /** LZ4: fast, and the default. */
    LZ4,
    /** Zstandard: smaller, and slower to write and to read. */
    ZSTD;

    /** The name as users write it and manifests have it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name as users write it.
     *
     * @throws InvalidInputException if there is no such compression
     */
    public static Compression of(String label) {
        for (Compression compression : values()) {
            if (compression.label().equals(label)) {
                return compression;
            }
        }
        throw new InvalidInputException("'" + label + "' is not a compression. Use none, lz4 or zstd.");
    }
}
