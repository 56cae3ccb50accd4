package io.slipway.batch.table;

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

    /** A row without its key. */
    static InvalidInputException nullKey(Path file, long line, String column) {
        return new InvalidInputException(file + ", line " + line + ": key field '" + column
                + "' is null, and every record needs its key. Leave such rows out, or choose another --key.");
    }
}
