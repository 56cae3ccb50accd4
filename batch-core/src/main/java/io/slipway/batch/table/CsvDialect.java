package io.slipway.batch.table;

import io.slipway.batch.format.Csv;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How CSV files are written.
 *
 * @param delimiter what is between fields
 * @param header whether the first record of each file names the columns
 * @param nullText an unquoted text that means null, besides the empty one
 */
public record CsvDialect(char delimiter, Header header, Optional<String> nullText) {

    /** With commas, names and no further null. */
    public static final CsvDialect DEFAULT = new CsvDialect(',', Header.NAMES, Optional.empty());

    /** Whether the first record of each file names the columns. */
    public enum Header {
        /** It does. */
        NAMES,
        /** It does not; columns are called {@code c1}, {@code c2} … */
        NONE
    }

    /** Checks that nothing is missing. */
    public CsvDialect {
        Objects.requireNonNull(header);
        Objects.requireNonNull(nullText);
    }

    Csv files(List<Path> paths) {
        return header == Header.NONE ? withoutHeader(paths) : plain(paths);
    }

    /** The files with their first record as a row like the others. */
    Csv withoutHeader(List<Path> paths) {
        return plain(paths).noHeader();
    }

    private Csv plain(List<Path> paths) {
        Csv csv = Csv.files(paths).delimiter(delimiter);
        return nullText.map(csv::nullText).orElse(csv);
    }
}
