package io.slipway.batch.table;

import io.slipway.batch.BadRecord;
import io.slipway.batch.Source;
import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.batch.format.CsvRow;
import io.slipway.batch.format.FolderColumns;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The columns of a CSV file, by the names of their Avro fields.
 *
 * @param file the file
 * @param names the names, in order
 */
record CsvHeader(Path file, List<String> names) {

    /**
     * The header of columns as the file calls them.
     *
     * @throws InvalidInputException if a name is missing, or two columns have one name
     */
    static CsvHeader of(Path file, List<String> columns) {
        Set<String> seen = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (String column : columns) {
            if (column.isEmpty()) {
                throw new InvalidInputException(
                        file + ": column " + (names.size() + 1) + " has no name in the header. Give it one.");
            }
            String name = AvroNames.of(column);
            if (!seen.add(name)) {
                throw new InvalidInputException(file + ": two columns are called '" + column + "'"
                        + (name.equals(column) ? "" : " (as a field: " + name + ")") + ". Rename one.");
            }
            names.add(name);
        }
        return new CsvHeader(file, List.copyOf(names));
    }

    /**
     * Reads the header of a file, or makes it up of the number of fields in its first record.
     *
     * @throws InvalidInputException if the file is empty, or its header cannot be used
     */
    static CsvHeader read(Path file, CsvDialect dialect) {
        CsvRow first = firstRow(file, dialect)
                .orElseThrow(() -> new InvalidInputException(file + " is empty: it has no "
                        + (dialect.header() == CsvDialect.Header.NAMES ? "header" : "rows")
                        + ". Check how it is made."));
        FolderColumns folders = FolderColumns.of(file);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < first.size() - folders.names().size(); i++) {
            columns.add(dialect.header() == CsvDialect.Header.NAMES ? first.text(i) : "c" + (i + 1));
        }
        return of(file, folders.behind(columns));
    }

    /**
     * The position of a column, from 0.
     *
     * @throws InvalidInputException if there is no such column
     */
    int indexOf(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new InvalidInputException(file + " has no column '" + name + "'. Its columns are "
                    + String.join(", ", names) + ". Name one of these.");
        }
        return index;
    }

    private static Optional<CsvRow> firstRow(Path file, CsvDialect dialect) {
        Source<CsvRow> rows = dialect.withoutHeader(List.of(file)).rows();
        First first = new First();
        try {
            for (Split split : rows.splits(Long.MAX_VALUE)) {
                rows.read(split, first);
            }
        } catch (FoundException e) {
            return Optional.of(e.row);
        } catch (IOException e) {
            throw new UnavailableException("The input " + file + " cannot be read (" + e + "). Check the file.", e);
        }
        return Optional.empty();
    }

    /** Ends the reading of a file whose first row was found. */
    private static final class FoundException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient CsvRow row;

        FoundException(CsvRow row) {
            super(null, null, false, false);
            this.row = row;
        }
    }

    private static final class First implements SourceContext<CsvRow> {

        @Override
        public void emit(CsvRow row) {
            throw new FoundException(row);
        }

        @Override
        public void bytesRead(long bytes) {}

        @Override
        public void badRecord(Supplier<BadRecord> record) {}

        @Override
        public void count(String counter, long delta) {}
    }
}
