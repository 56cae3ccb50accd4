package io.slipway.batch.table;

import io.slipway.batch.format.AvroRow;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;

/** What is said about rows that cannot be used. Stateless. */
final class Rows {

    private Rows() {}

    /** A row whose value does not fit its field. */
    static InvalidInputException misfit(Path file, long line, String column, MisfitException e, TableSchemas schemas) {
        return new InvalidInputException(file + ", line " + line + ": field '" + column + e.path() + "' "
                + e.getMessage() + ". " + schemas.remedy(column));
    }

    /** A record that does not fit key or value. */
    static InvalidInputException misfit(AvroRow row, InvalidInputException e) {
        return new InvalidInputException(row.file() + ", " + row.place() + ": " + e.getMessage(), e);
    }

    /** A record without its key. */
    static InvalidInputException nullKey(AvroRow row, String field) {
        return new InvalidInputException(row.file() + ", " + row.place() + nullKey(field));
    }

    /** A row without its key. */
    static InvalidInputException nullKey(Path file, long line, String column) {
        return new InvalidInputException(file + ", line " + line + nullKey(column));
    }

    private static String nullKey(String column) {
        return ": key field '" + column
                + "' is null, and every record needs its key. Leave such rows out, or choose another --key.";
    }
}
