package io.slipway.batch.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/** One object of a JSON Lines file. Immutable, if its object is left alone. */
public final class JsonRow {

    private final SplitLines lines;
    private final long lineInSplit;
    private final ObjectNode object;

    JsonRow(SplitLines lines, long lineInSplit, ObjectNode object) {
        this.lines = lines;
        this.lineInSplit = lineInSplit;
        this.object = object;
    }

    /** The file it is in. */
    public Path file() {
        return lines.file();
    }

    /** The line it is, from 1. Meant for messages: the first call may have to count the lines before. */
    public long line() {
        return lines.line(lineInSplit);
    }

    /** The object; its numbers are exact. */
    public ObjectNode object() {
        return object;
    }

    @Override
    public String toString() {
        return object.toString();
    }
}
