package io.slipway.batch.format;

import io.slipway.batch.Split;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Numbers the lines of a split. For a split that does not begin at the file's beginning, the lines before it are
 * counted when somebody asks, which is when there is an error to report. Thread-safe.
 */
final class SplitLines {

    private static final int BUFFER_BYTES = 1 << 16;

    /** What ends a line. */
    enum Ends {
        /** A line feed. */
        FEEDS,
        /** A line feed, a carriage return, or both in this order. */
        FEEDS_AND_RETURNS
    }

    private final Split split;
    private final Ends ends;
    private long linesBefore = -1;

    SplitLines(Split split, Ends ends) {
        this.split = split;
        this.ends = ends;
    }

    Path file() {
        return split.file();
    }

    /** The number in the file, from 1, of a line by its number in the split, from 1. */
    synchronized long line(long inSplit) {
        if (linesBefore < 0) {
            linesBefore = split.start() == 0 ? 0 : countBefore();
        }
        return linesBefore + inSplit;
    }

    /** The lines that begin before the split. */
    private long countBefore() {
        long lines = 1;
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try (FileChannel channel = FileChannel.open(split.file(), StandardOpenOption.READ)) {
            // A line end right before the split ends the last line before it.
            long left = split.start() - 1;
            byte last = 0;
            while (left > 0) {
                buffer.clear().limit((int) Math.min(BUFFER_BYTES, left));
                int read = channel.read(buffer);
                if (read < 0) {
                    break;
                }
                left -= read;
                lines += lineEnds(buffer.array(), read, last);
                last = buffer.array()[read - 1];
            }
            return ends == Ends.FEEDS_AND_RETURNS && last == '\r' ? lines - 1 : lines;
        } catch (IOException e) {
            throw new UnavailableException("The input " + split.file() + " cannot be read (" + e + ").", e);
        }
    }

    private int lineEnds(byte[] bytes, int count, byte before) {
        int found = 0;
        byte last = before;
        for (int i = 0; i < count; i++) {
            boolean ended = bytes[i] == '\n' && (ends == Ends.FEEDS || last != '\r');
            if (ended || (bytes[i] == '\r' && ends == Ends.FEEDS_AND_RETURNS)) {
                found++;
            }
            last = bytes[i];
        }
        return found;
    }

    /** What is read of a file. */
    Split split() {
        return split;
    }
}
