package io.slipway.batch.format;

import io.slipway.batch.BadRecord;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One record of a CSV file. Immutable. */
public final class CsvRow {

    private final SplitLines lines;
    private final long lineInSplit;
    private final List<String> header;
    private final String[] fields;

    /** Takes the fields, where null is null; the array is not copied. */
    CsvRow(SplitLines lines, long lineInSplit, List<String> header, String[] fields) {
        this.lines = lines;
        this.lineInSplit = lineInSplit;
        this.header = header;
        this.fields = fields;
    }

    /** The file it is in. */
    public Path file() {
        return lines.file();
    }

    /** The line it begins at, from 1. Meant for messages: the first call may have to count the lines before. */
    public long line() {
        return lines.line(lineInSplit);
    }

    /** The names of the columns: the same list for all rows of a split. */
    public List<String> header() {
        return header;
    }

    /** How many fields it has: as many as the header. */
    public int size() {
        return fields.length;
    }

    /** Whether a field is null: unquoted and empty, or the text that means null. */
    public boolean isNull(int column) {
        return fields[column] == null;
    }

    /** The text of a field; empty if it is null. */
    public String text(int column) {
        return fields[column] == null ? "" : fields[column];
    }

    /** The text of a field, if it is not null. */
    public Optional<String> value(int column) {
        return Optional.ofNullable(fields[column]);
    }

    /** The row as one that cannot be used. */
    public BadRecord bad(String reason) {
        return bad(lines, lineInSplit, fields, reason);
    }

    static BadRecord bad(SplitLines lines, long lineInSplit, String[] fields, String reason) {
        CsvLine value = new CsvLine();
        for (String field : fields) {
            if (field == null) {
                value.addNull();
            } else {
                value.add(field);
            }
        }
        return new BadRecord(lines.file().toString(), "line " + lines.line(lineInSplit), reason, value.toString());
    }

    @Override
    public String toString() {
        return file() + ", line " + line() + ": " + Arrays.toString(fields);
    }
}
