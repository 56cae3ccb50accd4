package io.slipway.batch.format;

import io.slipway.batch.Source;
import io.slipway.batch.type.RecordType;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * CSV files (RFC 4180, UTF-8, plain or compressed, see {@link Compression}): fields may be quoted, and then have delimiters, line ends and doubled
 * quotes in them. Empty lines are left out. An unquoted empty field is null, a quoted one the empty text. Folders called
 * {@code field=value} are further columns, see {@link FolderColumns}. Immutable.
 */
public final class Csv {

    private final List<Path> paths;
    private final CsvOptions options;

    private Csv(List<Path> paths, CsvOptions options) {
        this.paths = List.copyOf(paths);
        this.options = options;
    }

    /** Files, folders (all visible files in them, sorted) or globs. The first record of each file names the columns. */
    public static Csv files(List<Path> paths) {
        return new Csv(paths, CsvOptions.DEFAULT);
    }

    /**
     * A folder of CSV files with the components of Java records as columns, their names in the first line, and {@code \n}
     * as the line end. An absent value is an empty field, an empty text a quoted one; so what is written can be read
     * again by {@link #as} as it was.
     */
    public static FileSink<Object> to(Path folder) {
        return FileSink.of(folder, WrittenFormat.CSV);
    }

    /**
     * With another delimiter than the comma.
     *
     * @throws InvalidInputException if it cannot be one
     */
    public Csv delimiter(char delimiter) {
        if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
            throw new InvalidInputException("A quote or a line end cannot delimit fields. Use another character.");
        }
        return new Csv(paths, new CsvOptions(delimiter, options.header(), options.nullText(), options.badRecords()));
    }

    /** Without names in the first record: columns are called {@code c1}, {@code c2} …, or are matched by position. */
    public Csv noHeader() {
        return new Csv(
                paths,
                new CsvOptions(options.delimiter(), CsvOptions.Header.NONE, options.nullText(), options.badRecords()));
    }

    /** With an unquoted text that means null, besides the empty one: {@code NA}. */
    public Csv nullText(String text) {
        return new Csv(
                paths, new CsvOptions(options.delimiter(), options.header(), Optional.of(text), options.badRecords()));
    }

    /** With another way to handle records that do not fit than to fail. What is not CSV at all always fails. */
    public Csv onBadRecord(BadRecords policy) {
        return new Csv(paths, new CsvOptions(options.delimiter(), options.header(), options.nullText(), policy));
    }

    /**
     * As Java records whose components are columns of the same names (by position if there is no header). A null is
     * allowed in {@code Optional} components, and in {@code String} ones becomes the empty text.
     *
     * @throws InvalidInputException if the class cannot be read from CSV
     */
    public <T> Source<T> as(Class<T> record) {
        if (!(Type.of(record) instanceof RecordType<T> type)) {
            throw new InvalidInputException(record.getName() + " is not a record. Give a Java record.");
        }
        return new CsvRecordSource<>(paths, options, type);
    }

    /** As rows of texts. */
    public Source<CsvRow> rows() {
        return new CsvRowSource(paths, options);
    }
}
