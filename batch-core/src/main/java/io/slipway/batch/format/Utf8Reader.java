package io.slipway.batch.format;

import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8, without a byte order mark at the beginning, and refuses what is not UTF-8, naming the line. */
final class Utf8Reader extends Reader {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private final SplitLines lines;
    private final InputStream in;
    private final Holding holding;
    private long held;
    private long line = 1;
    private char last;
    private boolean started;
    private boolean ended;

    /** Is told how much whoever reads keeps of what was read before: at least twice as much each time. */
    @FunctionalInterface
    interface Holding {

        void holds(long characters) throws IOException;
    }

    Utf8Reader(SplitLines lines, InputStream in, Holding holding) {
        this.lines = lines;
        this.in = in;
        this.holding = holding;
        this.started = lines.split().start() > 0;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        if (offset > 2 * held) { // What comes before the offset is a field that is longer than the parser's buffer was.
            held = offset;
            holding.holds(offset);
        }
        CharBuffer out = CharBuffer.wrap(into, offset, length).slice();
        while (out.position() == 0) {
            if (!ended) {
                fill();
            }
            CoderResult result = decoder.decode(bytes, out, ended);
            countLines(into, offset, out.position());
            if (result.isError()) {
                throw new InvalidInputException(lines.file() + ", line " + lines.line(line) + ": byte "
                        + String.format("%02x", bytes.get(bytes.position()))
                        + " is not UTF-8. Convert the file to UTF-8.");
            }
            if (ended && out.position() == 0) {
                return -1;
            }
        }
        return out.position();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = read < 0;
        bytes.position(bytes.position() + Math.max(0, read));
        bytes.flip();
        if (!started) {
            skipByteOrderMark();
            started = true;
        }
    }

    private void skipByteOrderMark() throws IOException {
        while (!ended && bytes.remaining() < BYTE_ORDER_MARK.length) {
            int read = in.read(bytes.array(), bytes.limit(), bytes.capacity() - bytes.limit());
            ended = read < 0;
            bytes.limit(bytes.limit() + Math.max(0, read));
        }
        if (bytes.remaining() >= BYTE_ORDER_MARK.length
                && bytes.get(0) == BYTE_ORDER_MARK[0]
                && bytes.get(1) == BYTE_ORDER_MARK[1]
                && bytes.get(2) == BYTE_ORDER_MARK[2]) {
            bytes.position(BYTE_ORDER_MARK.length);
        }
    }

    private void countLines(char[] decoded, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (decoded[i] == '\r' || (decoded[i] == '\n' && last != '\r')) {
                line++;
            }
            last = decoded[i];
        }
    }
}
