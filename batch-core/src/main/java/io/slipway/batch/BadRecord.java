package io.slipway.batch;

/**
 * A record of the input that could not be used.
 *
 * @param file where it is
 * @param place where in the file: {@code line 12}
 * @param reason what is wrong with it, a sentence
 * @param value the record as it is in the file, or as near to that as can be shown
 */
public record BadRecord(String file, String place, String reason, String value) {

    /** Place and reason, for people. */
    public String text() {
        return file + ", " + place + ": " + reason;
    }
}
