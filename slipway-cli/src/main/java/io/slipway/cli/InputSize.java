package io.slipway.cli;

import io.slipway.batch.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * How large an input is.
 *
 * @param bytes the size of its files
 * @param compressedBytes how much of that is compressed already
 */
record InputSize(long bytes, long compressedBytes) {

    private static final Set<String> COMPRESSED = Set.of("gz", "bz2", "zst", "avro", "parquet");

    /** The size of a table's files; what cannot be read is said when it is to be read. */
    static InputSize of(Table table) {
        long bytes = 0;
        long compressed = 0;
        for (Path file : table.files()) {
            long size = size(file);
            bytes += size;
            compressed += isCompressed(file) ? size : 0;
        }
        return new InputSize(bytes, compressed);
    }

    /** About how many bytes the records take in a repository: half of what text does, and as much as what is compressed. */
    long estimatedOutputBytes() {
        return compressedBytes + (bytes - compressedBytes) / 2;
    }

    private static boolean isCompressed(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return COMPRESSED.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
