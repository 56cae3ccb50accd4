package io.slipway.batch.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** Parses one line of an access log. */
final class LogLineParser {

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String TIME_SHAPE = "00/Mmm/0000:00:00:00 +0000";

    private final String line;
    private int at;

    LogLineParser(String line) {
        this.line = line;
    }

    LogLine parse() throws BadValueException {
        String host = word("the host");
        word("the identity");
        String user = word("the user");
        Instant time = time(enclosed('[', ']', "the time"));
        String request = enclosed('"', '"', "the request");
        int status = (int) number(word("the status"), "status", 999);
        String size = word("the size");
        long bytes = size.equals("-") ? -1 : number(size, "size", Long.MAX_VALUE);
        String referrer = at < line.length() ? enclosed('"', '"', "the referrer") : "";
        String agent = at < line.length() ? enclosed('"', '"', "the agent") : "";
        int first = request.indexOf(' ');
        if (first <= 0) {
            throw bad("the request '" + request + "' is not 'METHOD path protocol'.");
        }
        int last = request.lastIndexOf(' ');
        return new LogLine(
                host,
                dashAsEmpty(user),
                time,
                request.substring(0, first),
                request.substring(first + 1, last == first ? request.length() : last),
                last == first ? "" : request.substring(last + 1),
                status,
                bytes,
                dashAsEmpty(referrer),
                dashAsEmpty(agent));
    }

    private String word(String what) throws BadValueException {
        int end = line.indexOf(' ', at);
        end = end < 0 ? line.length() : end;
        if (end == at) {
            throw bad(what + " is missing.");
        }
        String word = line.substring(at, end);
        at = Math.min(line.length(), end + 1);
        return word;
    }

    /** What is between two characters; a backslash takes the meaning from the character after it. */
    private String enclosed(char open, char close, String what) throws BadValueException {
        if (at >= line.length() || line.charAt(at) != open) {
            throw bad(what + " is not in " + open + close + ".");
        }
        for (int end = at + 1; end < line.length(); end++) {
            char c = line.charAt(end);
            if (c == '\\') {
                end++;
            } else if (c == close) {
                String text = line.substring(at + 1, end);
                at = Math.min(line.length(), end + 2);
                return text;
            }
        }
        throw bad(what + " has no end (" + close + ").");
    }

    private Instant time(String text) throws BadValueException {
        int month = text.length() == TIME_SHAPE.length() ? MONTHS.indexOf(text.substring(3, 6)) : -1;
        if (month < 0 || month % 3 != 0 || !hasShape(text)) {
            throw bad("the time '" + text + "' is not like 17/May/2015:10:05:03 +0000.");
        }
        try {
            long day = LocalDate.of(digits(text, 7, 4), month / 3 + 1, digits(text, 0, 2))
                    .toEpochDay();
            long second = digits(text, 12, 2) * 3600L + digits(text, 15, 2) * 60L + digits(text, 18, 2);
            long offset = digits(text, 22, 2) * 3600L + digits(text, 24, 2) * 60L;
            return Instant.ofEpochSecond(day * 86_400 + second - (text.charAt(21) == '-' ? -offset : offset));
        } catch (DateTimeException e) {
            throw new BadValueException("the time '" + text + "' does not exist.", e);
        }
    }

    private static boolean hasShape(String text) {
        for (int i = 0; i < TIME_SHAPE.length(); i++) {
            char shape = TIME_SHAPE.charAt(i);
            char c = text.charAt(i);
            boolean fits = switch (shape) {
                case '0' -> c >= '0' && c <= '9';
                case '+' -> c == '+' || c == '-';
                case 'M', 'm' -> true;
                default -> c == shape;
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int digits(String text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    private static long number(String text, String what, long most) throws BadValueException {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most) {
                return number;
            }
            throw bad("the " + what + " '" + text + "' is out of range.");
        } catch (NumberFormatException e) {
            throw new BadValueException("the " + what + " '" + text + "' is not a number.", e);
        }
    }

    private static String dashAsEmpty(String text) {
        return text.equals("-") ? "" : text;
    }

    private static BadValueException bad(String reason) {
        return new BadValueException(reason, null);
    }
}
