package io.slipway.batch.format;

import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;

/**
 * Reads the lines that begin in a split, so that each line of a file is in exactly one. Lines end with a line feed,
 * before which a carriage return is left out; the last line need not have an end. Used by one thread.
 */
final class LineReader implements AutoCloseable {

    /** More than the stream below has as its buffer, so that most bytes do not pass through that one as well. */
    private static final int FIRST_BYTES = 1 << 18;

    private static final int MOST_BYTES = 1 << 26;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final int DECODED_AT_ONCE = 1 << 13;

    private final SourceContext<?> context;
    private final SplitLines lines;
    private final InputStream in;
    private final long limit;
    private byte[] buffer = new byte[FIRST_BYTES];
    private int at;
    private int filled;
    private long bufferStart;
    private boolean ended;
    private int lineStart;
    private int lineEnd;
    private long lineBits;
    private long count;

    LineReader(Split split, SourceContext<?> context) throws IOException {
        this.context = context;
        long start = split.start();
        // The last split of a file reads to the file's end, which for a compressed file is not where its bytes end.
        limit = split.end() == Files.size(split.file()) ? Long.MAX_VALUE : split.end();
        lines = new SplitLines(split, SplitLines.Ends.FEEDS);
        bufferStart = Math.max(0, start - 1);
        in = InputBytes.open(split.file(), bufferStart, context::bytesRead, context::contentRead);
        if (start > 0 && find()) {
            at = lineEnd + 1;
        }
    }

    /** Goes to the next line. */
    boolean next() throws IOException {
        if (bufferStart + at >= limit || !find()) {
            return false;
        }
        at = lineEnd + 1;
        count++;
        if (lineEnd > lineStart && buffer[lineEnd - 1] == '\r') {
            lineEnd--;
        }
        if (count == 1 && bufferStart + lineStart == 0 && startsWithMark()) {
            lineStart += BYTE_ORDER_MARK.length;
        }
        return true;
    }

    /** The text of the line. */
    String text() throws BadValueException {
        if (isAscii()) {
            return new String(buffer, lineStart, lineEnd - lineStart, StandardCharsets.ISO_8859_1);
        }
        String text = new String(buffer, lineStart, lineEnd - lineStart, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            checkEncoding();
        }
        return text;
    }

    /** The text of the line as far as it is UTF-8; what is not is replaced. */
    String rawText() {
        return new String(buffer, lineStart, lineEnd - lineStart, StandardCharsets.UTF_8);
    }

    /** Whether there is nothing in the line but space. */
    boolean isBlank() {
        int at = lineStart;
        while (at < lineEnd && buffer[at] >= 0 && buffer[at] <= ' ') {
            at++;
        }
        return at == lineEnd;
    }

    /** What a parser makes of the line's bytes, which are UTF-8. */
    <R> R parsed(BytesParser<R> parser) throws BadValueException {
        if (!isAscii()) {
            checkEncoding();
        }
        return parser.parse(buffer, lineStart, lineEnd - lineStart);
    }

    /** Makes something of bytes. */
    @FunctionalInterface
    interface BytesParser<R> {

        R parse(byte[] bytes, int offset, int length) throws BadValueException;
    }

    /** The log line that the line is. */
    LogLine logLine(LogLineParser parser) throws BadValueException {
        if (!isAscii()) {
            checkEncoding();
        }
        return parser.parse(buffer, lineStart, lineEnd);
    }

    /** The number of the line within the split, from 1; see {@link #lines}. */
    long count() {
        return count;
    }

    /** Turns numbers within the split to numbers within the file. */
    SplitLines lines() {
        return lines;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Finds where the line that begins at {@code at} ends, if there is one. */
    private boolean find() throws IOException {
        int searched = at;
        lineBits = 0;
        while (true) {
            int found = search(searched);
            if (found >= 0) {
                lineStart = at;
                lineEnd = found;
                return true;
            }
            searched = filled - at;
            if (ended || !fill()) {
                lineStart = at;
                lineEnd = filled;
                return lineEnd > lineStart;
            }
            searched += at;
        }
    }

    /** Where the next line feed in the buffer is, or −1; gathers the bits of the bytes before it. */
    private int search(int from) {
        byte[] bytes = buffer;
        long bits = lineBits;
        int i = from;
        for (int last = filled - Long.BYTES; i <= last; i += Long.BYTES) {
            long word = Words.at(bytes, i);
            long ends = Words.marks(word, '\n');
            if (ends != 0) {
                int before = Words.before(ends);
                lineBits = bits | (word & ((1L << (before * Byte.SIZE)) - 1));
                return i + before;
            }
            bits |= word;
        }
        for (; i < filled; i++) {
            if (bytes[i] == '\n') {
                lineBits = bits;
                return i;
            }
            bits |= bytes[i];
        }
        lineBits = bits;
        return -1;
    }

    private boolean isAscii() {
        return (lineBits & Words.HIGHEST_BITS) == 0;
    }

    /** Reads more behind what begins at {@code at}, which moves to the front of the buffer. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, at, buffer, 0, filled - at);
        bufferStart += at;
        filled -= at;
        at = 0;
        if (filled == buffer.length) {
            if (filled >= MOST_BYTES) {
                throw new InvalidInputException(lines.file() + ", line " + lines.line(count + 1) + " has more than "
                        + MOST_BYTES + " bytes. Check that this is a file of lines.");
            }
            context.holds(filled);
            buffer = Arrays.copyOf(buffer, 2 * filled);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        ended = read < 0;
        filled += Math.max(0, read);
        return !ended;
    }

    private boolean startsWithMark() {
        return lineEnd - lineStart >= BYTE_ORDER_MARK.length
                && Arrays.equals(buffer, lineStart, lineStart + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3);
    }

    private void checkEncoding() throws BadValueException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(buffer, lineStart, lineEnd - lineStart);
        CharBuffer some = CharBuffer.allocate(DECODED_AT_ONCE);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(bytes, some.clear(), true);
        }
        if (result.isError()) {
            throw new BadValueException("it is not UTF-8.", null);
        }
    }
}
