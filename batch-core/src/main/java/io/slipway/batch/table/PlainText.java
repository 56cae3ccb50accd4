package io.slipway.batch.table;

import org.apache.avro.Schema;

/** Tells what a text can be read as, without loss. Stateless. */
final class PlainText {

    /** A canonical integer of 64 bits: {@code 0}, {@code -7}; not {@code 00501}, {@code +1}, {@code -0}. */
    static final int LONG = 1;

    /** A plain decimal of at most {@value #MOST_DIGITS} digits: {@code 0.25}; not {@code .5}, {@code 1e3}. */
    static final int DOUBLE = 2;

    /** {@code true} or {@code false}. */
    static final int BOOLEAN = 4;

    /** All of them. */
    static final int ANY = LONG | DOUBLE | BOOLEAN;

    /** As many digits as every double holds. */
    private static final int MOST_DIGITS = 15;

    private static final int DIGITS_OF_ANY_LONG = 18;

    private PlainText() {}

    /** What a text can be read as: a set of the above; 0 if only as a text. */
    static int kinds(String text) {
        if (text.equals("true") || text.equals("false")) {
            return BOOLEAN;
        }
        int start = text.startsWith("-") ? 1 : 0;
        int end = digitsEnd(text, start);
        int digits = end - start;
        if (digits == 0 || (digits > 1 && text.charAt(start) == '0')) {
            return 0;
        }
        return end == text.length() ? integer(text, digits) : decimal(text, start, end);
    }

    /** The type of texts that all can be read as each of a set of the above. */
    static Schema type(int kinds) {
        if ((kinds & LONG) != 0) {
            return Schema.create(Schema.Type.LONG);
        }
        if ((kinds & DOUBLE) != 0) {
            return Schema.create(Schema.Type.DOUBLE);
        }
        return Schema.create((kinds & BOOLEAN) != 0 ? Schema.Type.BOOLEAN : Schema.Type.STRING);
    }

    private static int integer(String text, int digits) {
        int kinds = digits <= MOST_DIGITS ? DOUBLE : 0;
        if (text.equals("-0")) {
            return kinds;
        }
        return digits <= DIGITS_OF_ANY_LONG || fitsLong(text) ? kinds | LONG : kinds;
    }

    private static boolean fitsLong(String text) {
        try {
            Numbers.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static int decimal(String text, int start, int point) {
        int end = digitsEnd(text, point + 1);
        if (text.charAt(point) != '.' || end != text.length() || end == point + 1) {
            return 0;
        }
        int first = start;
        while (first < end && (text.charAt(first) == '0' || text.charAt(first) == '.')) {
            first++;
        }
        int digits = end - first - (first < point ? 1 : 0);
        return digits <= MOST_DIGITS ? DOUBLE : 0;
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
