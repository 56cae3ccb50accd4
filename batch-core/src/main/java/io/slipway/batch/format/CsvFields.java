package io.slipway.batch.format;

import java.util.OptionalLong;

/** One record as the parser gives it. */
final class CsvFields {

    private final long line;
    private final String[] fields;
    private final OptionalLong unclosedQuoteLine;

    CsvFields(long line, String[] fields, OptionalLong unclosedQuoteLine) {
        this.line = line;
        this.fields = fields;
        this.unclosedQuoteLine = unclosedQuoteLine;
    }

    /** The line it begins at. */
    long line() {
        return line;
    }

    /** The texts; null for null. */
    String[] fields() {
        return fields;
    }

    /** The line at which a quote is opened that is never closed. */
    OptionalLong unclosedQuoteLine() {
        return unclosedQuoteLine;
    }

    /** Whether this is the record that {@link EndMarkedReader} has put behind the last one. */
    boolean isEndMark() {
        return fields.length == 1 && EndMarkedReader.MARK.equals(fields[0]);
    }
}
