package io.slipway.batch.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds where a CSV file may be cut: behind line feeds outside quotes, and behind the first record. Whether a place is in
 * quotes is told by the number of quotes before it, which is odd there, as long as each that opens is where a field
 * begins. A file with another one, which is text then, or with one that is never closed, is not cut. Used by one thread.
 */
final class CsvCuts {

    private static final int BUFFER_BYTES = 1 << 18;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final char delimiter;
    private final long step;
    private final List<Long> cuts = new ArrayList<>();
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private int filled;
    private long bufferStart;
    private long target;
    private long contentStart;
    private byte last = '\n';
    private boolean inQuotes;

    private CsvCuts(char delimiter, long step) {
        this.delimiter = delimiter;
        this.step = step;
    }

    /**
     * The places to cut at, in order.
     *
     * @param step how far they should be apart at least
     */
    static List<Long> of(Path file, char delimiter, long step) throws IOException {
        if (delimiter > Byte.MAX_VALUE) {
            return List.of(); // It has several bytes.
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new CsvCuts(delimiter, step).find(channel);
        }
    }

    private List<Long> find(FileChannel channel) throws IOException {
        boolean hasBegun = false;
        while (fill(channel)) {
            int from = 0;
            if (!hasBegun) {
                from = firstContent();
                hasBegun = from < filled;
                contentStart = bufferStart + from;
                target = Math.max(step, contentStart + 1);
            }
            if (!scan(from)) {
                return List.of();
            }
            last = bytes[filled - 1];
            bufferStart += filled;
        }
        boolean atEnd = !cuts.isEmpty() && cuts.get(cuts.size() - 1) == bufferStart;
        return inQuotes ? List.of() : atEnd ? cuts.subList(0, cuts.size() - 1) : cuts;
    }

    private boolean fill(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer);
        }
        filled = buffer.position();
        return filled > 0;
    }

    /** Where in the buffer the first record begins, behind a byte order mark and empty lines. */
    private int firstContent() {
        int at = 0;
        if (bufferStart == 0 && filled >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            at = BYTE_ORDER_MARK.length;
        }
        while (at < filled && (bytes[at] == '\n' || bytes[at] == '\r')) {
            at++;
        }
        return at;
    }

    /** Goes through the buffer, from quote to quote; false if there is one that is text. */
    private boolean scan(int begin) {
        int from = begin;
        while (from < filled) {
            int quote = indexOf('"', from, filled);
            int end = quote < 0 ? filled : quote;
            if (!inQuotes) {
                cutBetween(from, end);
                if (quote >= 0 && !mayOpen(quote)) {
                    return false;
                }
            }
            if (quote < 0) {
                return true;
            }
            inQuotes = !inQuotes;
            from = quote + 1;
        }
        return true;
    }

    /** Whether a quote that opens is where a field begins, or is the second of two that stand for one. */
    private boolean mayOpen(int quote) {
        if (bufferStart + quote == contentStart) {
            return true;
        }
        byte before = quote == 0 ? last : bytes[quote - 1];
        return before == delimiter || before == '\n' || before == '\r' || before == '"';
    }

    private void cutBetween(int from, int end) {
        int searched = from;
        while (bufferStart + end >= target) {
            int feed = indexOf('\n', (int) Math.max(searched, target - 1 - bufferStart), end);
            if (feed < 0) {
                return;
            }
            cuts.add(bufferStart + feed + 1);
            target = bufferStart + feed + 1 + step;
            searched = feed + 1;
        }
    }

    private int indexOf(char wanted, int from, int end) {
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long marks = Words.marks(Words.at(bytes, i), wanted);
            if (marks != 0) {
                return i + Words.before(marks);
            }
        }
        for (; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
