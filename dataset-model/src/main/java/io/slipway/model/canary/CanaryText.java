package io.slipway.model.canary;

import io.slipway.model.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Canaries as an operator writes them, separated by semicolons. Stateless.
 *
 * <pre>
 *   canary   = key expected
 *   key      = word | "text" | [field, field …]          the array, in JSON, for a record key
 *   expected = "exists" | "absent"
 *            | [":" path] relation literal               without a path, of the whole value
 *            | [":" path] "is" ["not"] "null"
 *   path     = name {"." name}
 *   relation = "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;="
 *   literal  = JSON                                      of an order: a number or a text
 * </pre>
 *
 * A word is a key as it is written in a URL: a number, true, text; up to white space or one of {@code : ; = ! < > " [ ]}.
 * A key with one of these is written in double quotes, as in JSON. Literals have the JSON form that readers get.
 */
public final class CanaryText {

    /** The most canaries of a dataset: each is in every catalog. */
    public static final int MOST_CANARIES = 100;

    /** The most characters of all canaries of a dataset together. */
    public static final int MOST_CHARACTERS = 10_000;

    private CanaryText() {}

    /**
     * Reads canaries.
     *
     * @throws InvalidInputException if there are none or too many, or one is not as above: which, where, and what is
     *     there
     */
    public static List<Canary> parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new InvalidInputException(text.length() + " characters of canaries are too many. Write at most "
                    + MOST_CHARACTERS + "; every catalog has them.");
        }
        List<Canary> canaries = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = end(text, from);
            if (!text.substring(from, end).isBlank()) {
                canaries.add(new CanaryParser(text, from, end).parse());
            }
            from = end + 1;
        }
        checkCount(canaries.size());
        return List.copyOf(canaries);
    }

    private static void checkCount(int count) {
        if (count == 0) {
            throw new InvalidInputException("There is no canary. Write some like: LAX exists; SFO: latitude > 37");
        }
        if (count > MOST_CANARIES) {
            throw new InvalidInputException(
                    count + " canaries are too many. Write at most " + MOST_CANARIES + "; every catalog has them.");
        }
    }

    /** Where a canary ends: at a semicolon that is not in double quotes, or with the text. */
    private static int end(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != ';') {
            at = text.charAt(at) == '"' ? endOfQuotes(text, at, text.length()) : at + 1;
        }
        return Math.min(at, text.length());
    }

    /** The place after the quotes that begin at one, or the limit if they do not end before it. */
    static int endOfQuotes(String text, int from, int limit) {
        int at = from + 1;
        while (at < limit && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, limit);
    }
}
