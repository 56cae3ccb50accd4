package io.slipway.batch.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One record of a CSV file. Immutable. */
public final class CsvRow {

    private final Path file;
    private final long line;
    private final List<String> header;
    private final String[] fields;

    /** Takes the fields, where null is null; the array is not copied. */
    CsvRow(Path file, long line, List<String> header, String[] fields) {
        this.file = file;
        this.line = line;
        this.header = header;
        this.fields = fields;
    }

    /** The file it is in. */
    public Path file() {
        return file;
    }

    /** The line it begins at, from 1. */
    public long line() {
        return line;
    }

    /** The names of the columns: the same list for all rows of a file. */
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

    @Override
    public String toString() {
        return file + ", line " + line + ": " + java.util.Arrays.toString(fields);
    }
}
