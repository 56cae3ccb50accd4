package io.slipway.batch.format;

import java.util.Optional;

/** How CSV files are written. */
record CsvOptions(char delimiter, Header header, Optional<String> nullText, BadRecords badRecords) {

    /** Whether the first record of each file has the names of the columns. */
    enum Header {
        FIRST_RECORD,
        NONE
    }

    static final CsvOptions DEFAULT = new CsvOptions(',', Header.FIRST_RECORD, Optional.empty(), BadRecords.FAIL);
}
