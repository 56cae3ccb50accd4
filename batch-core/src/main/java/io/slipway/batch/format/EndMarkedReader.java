package io.slipway.batch.format;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Puts a mark behind the end of a text, as a line of its own. The parser takes a quote that is never closed for closed
 * by the end of the text; that the mark is then part of the last field gives it away.
 */
final class EndMarkedReader extends FilterReader {

    /** Of characters that are not for interchange (Unicode 23.7), and so not in any text. */
    static final String MARK = "\uFDD0\uFDD1\uFDD2\uFDD3\uFDD0";

    private char last = '\n';
    private String pending;

    EndMarkedReader(Reader in) {
        super(in);
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        if (pending == null) {
            int read = in.read(into, offset, length);
            if (read > 0) {
                last = into[offset + read - 1];
            }
            if (read >= 0) {
                return read;
            }
            pending = last == '\n' || last == '\r' ? MARK : "\n" + MARK;
        }
        if (pending.isEmpty()) {
            return -1;
        }
        int some = Math.min(length, pending.length());
        pending.getChars(0, some, into, offset);
        pending = pending.substring(some);
        return some;
    }
}
