package io.slipway.batch.format;

import io.slipway.batch.type.BinaryOut;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Puts together lines of CSV, as our readers take them: an empty field is null, and an empty text is quoted. Used by one
 * thread.
 */
public final class CsvLine {

    private final StringBuilder line = new StringBuilder();
    private final BinaryOut bytes = new BinaryOut();
    private boolean isBegun;

    /** Adds a field with a text, quoted where it needs to be. */
    public CsvLine add(String text) {
        addNull();
        if (!text.isEmpty() && text.chars().noneMatch(CsvLine::needsQuotes)) {
            line.append(text);
        } else {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
        return this;
    }

    /** Adds a field that is null. */
    public CsvLine addNull() {
        if (isBegun) {
            line.append(',');
        }
        isBegun = true;
        return this;
    }

    /** Writes the line with its end, in one piece, and begins the next. */
    public void writeTo(OutputStream out) throws IOException {
        line.append('\n');
        bytes.clear().writeUtf8(line.toString());
        out.write(bytes.array(), 0, bytes.size());
        line.setLength(0);
        isBegun = false;
    }

    /** The line so far, without an end. */
    @Override
    public String toString() {
        return line.toString();
    }

    private static boolean needsQuotes(int c) {
        return c == ',' || c == '"' || c == '\n' || c == '\r';
    }
}
