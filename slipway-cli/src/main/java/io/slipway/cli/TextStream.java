package io.slipway.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The command's standard output as a stream of UTF-8, of which each write is whole characters. Used by one thread. */
final class TextStream extends OutputStream {

    private static final int CHECK_BYTES = 1 << 16;

    private final PrintWriter out;
    private int unchecked;

    TextStream(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void write(int b) {
        throw new UnsupportedOperationException("Only whole lines");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(new String(bytes, offset, length, StandardCharsets.UTF_8));
        unchecked += length;
        if (unchecked >= CHECK_BYTES) {
            unchecked = 0;
            flush();
        }
    }

    /** A writer keeps its failures to itself, such as that nobody reads any more. */
    @Override
    public void flush() throws IOException {
        if (out.checkError()) {
            throw new IOException("Standard output cannot be written");
        }
    }
}
