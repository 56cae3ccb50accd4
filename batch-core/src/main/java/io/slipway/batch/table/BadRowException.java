package io.slipway.batch.table;

import io.slipway.batch.BadRecord;
import io.slipway.batch.format.AvroRow;
import io.slipway.batch.format.JsonRow;

/** A row cannot be used. It carries no stack trace: whoever catches it knows the row and reports it. */
final class BadRowException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    private BadRowException(String reason, String remedy) {
        super(reason, null, false, false);
        this.remedy = remedy;
    }

    /** A value that does not fit its field. */
    static BadRowException misfit(String column, MisfitException e, TableSchemas schemas) {
        return new BadRowException("field '" + column + e.path() + "' " + e.getMessage() + ".", schemas.remedy(column));
    }

    /** A row without its key. */
    static BadRowException nullKey(String column) {
        return new BadRowException(
                "key field '" + column + "' is null, and every record needs its key.",
                "Leave such rows out, or choose another --key.");
    }

    /** A row that is wrong in another way. */
    static BadRowException of(String reason, String remedy) {
        return new BadRowException(reason, remedy);
    }

    /** What to do about it. */
    String remedy() {
        return remedy;
    }

    /** The row as a bad record. */
    BadRecord in(JsonRow row) {
        return new BadRecord(row.file().toString(), "line " + row.line(), getMessage(), row.toString());
    }

    /** The row as a bad record. */
    BadRecord in(AvroRow row) {
        return new BadRecord(
                row.file().toString(), row.place(), getMessage(), row.record().toString());
    }
}
