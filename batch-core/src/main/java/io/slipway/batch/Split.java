package io.slipway.batch;

import java.nio.file.Path;

/**
 * A part of an input that one task reads: what begins from {@code start} and before {@code end}.
 *
 * @param file the file, or a name for what is not a file
 * @param start the first position, in bytes for a file
 * @param end the position after the last
 */
public record Split(Path file, long start, long end) {

    /** How much there is to read. */
    public long length() {
        return end - start;
    }
}
