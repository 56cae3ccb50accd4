package io.slipway.batch.table;

import java.math.BigDecimal;

/**
 * Parses integers, and decimal numbers to the nearest binary one, as Java does, but without what its grammar has beyond
 * numbers of ASCII digits (white space, hexadecimal, suffixes, names, other digits). Stateless.
 *
 * <p>Decimals of up to 15 digits take a short way: digits and power of ten are both exact in
 * a double, so their quotient is rounded once (W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990).
 */
final class Numbers {

    private static final int DIGITS_OF_ANY_LONG = 18;
    private static final int EXACT_DIGITS = 15;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private Numbers() {}

    /**
     * The integer of 64 bits.
     *
     * @throws NumberFormatException if the text is not one: digits after at most a minus sign
     */
    static long parseLong(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        if (text.length() - start > DIGITS_OF_ANY_LONG || text.length() == start) {
            return Long.parseLong(checked(text));
        }
        long value = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new NumberFormatException(text);
            }
            value = 10 * value + (c - '0');
        }
        return start == 0 ? value : -value;
    }

    /**
     * The nearest double; infinite if it is beyond them.
     *
     * @throws NumberFormatException if the text is not a decimal number
     */
    static double parseDouble(String text) {
        int length = text.length();
        int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        if (length - start > EXACT_DIGITS + 1) {
            return Double.parseDouble(checked(text));
        }
        long digits = 0;
        int count = 0;
        int point = -1;
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = 10 * digits + (c - '0');
                count++;
            } else if (c == '.' && point < 0) {
                point = count;
            } else {
                return Double.parseDouble(checked(text));
            }
        }
        if (count == 0 || count > EXACT_DIGITS) {
            return Double.parseDouble(checked(text));
        }
        double value = digits / POWERS[point < 0 ? 0 : count - point];
        return start == 0 ? value : -value;
    }

    /**
     * The nearest float; infinite if it is beyond them.
     *
     * @throws NumberFormatException if the text is not a decimal number
     */
    static float parseFloat(String text) {
        return Float.parseFloat(checked(text));
    }

    /**
     * The exact decimal number.
     *
     * @throws NumberFormatException if the text is not a decimal number
     */
    static BigDecimal parseDecimal(String text) {
        return new BigDecimal(checked(text));
    }

    private static String checked(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E') {
                throw new NumberFormatException(text);
            }
        }
        return text;
    }
}
