package io.slipway.batch.format;

import io.slipway.batch.format.LogLine.Range;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Checks lines of an access log and finds their fields, in one pass over the bytes of a line; the lines are UTF-8. All
 * that has a meaning in a log is ASCII, so no byte of another character is taken for it. Used by one thread, for one
 * line after the other.
 */
final class LogLineParser {

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final byte[] DAY_SHAPE = "00/Mmm/0000".getBytes(StandardCharsets.US_ASCII);
    private static final int DAY_CHARACTERS = DAY_SHAPE.length;
    private static final int TIME_CHARACTERS = DAY_CHARACTERS + ":00:00:00 +0000".length();
    private static final Words.Shape CLOCK = new Words.Shape(":00:00:0");
    private static final Words.Shape SECOND_AND_ZONE = new Words.Shape("00 ?0000");
    /** A number of so many digits fits a {@code long}. */
    private static final int SURE_DIGITS = 18;

    private byte[] line = {};
    private int start;
    private int end;
    private int at;

    private long host;
    private long user;
    private long epochSecond;
    private long method;
    private long path;
    private long protocol;
    private int status;
    private long bytes;
    private long referrer;
    private long agent;

    private byte[] dayText = {};
    private long day;

    /** The log line in a part of a buffer. */
    LogLine parse(byte[] buffer, int from, int to) throws BadValueException {
        line = buffer;
        start = from;
        end = to;
        at = from;
        host = word("the host");
        word("the identity");
        user = dashAsEmpty(word("the user"));
        epochSecond = time(enclosed('[', ']', "the time"));
        request(enclosed('"', '"', "the request"));
        status = (int) number(word("the status"), "status", 999);
        long size = word("the size");
        bytes = isDash(size) ? -1 : number(size, "size", Long.MAX_VALUE);
        referrer = at < end ? dashAsEmpty(enclosed('"', '"', "the referrer")) : 0;
        agent = at < end ? dashAsEmpty(enclosed('"', '"', "the agent")) : 0;
        return new LogLine(this, buffer, from, to);
    }

    long host() {
        return host;
    }

    long user() {
        return user;
    }

    long epochSecond() {
        return epochSecond;
    }

    long method() {
        return method;
    }

    long path() {
        return path;
    }

    long protocol() {
        return protocol;
    }

    int status() {
        return status;
    }

    long bytes() {
        return bytes;
    }

    long referrer() {
        return referrer;
    }

    long agent() {
        return agent;
    }

    private long word(String what) throws BadValueException {
        int from = at;
        int to = from;
        while (to < end && line[to] != ' ') {
            to++;
        }
        if (to == from) {
            throw bad(what + " is missing.");
        }
        at = Math.min(end, to + 1);
        return range(from, to);
    }

    /** What is between two characters; a backslash takes the meaning from the character after it. */
    private long enclosed(char open, char close, String what) throws BadValueException {
        if (at >= end || line[at] != open) {
            throw bad(what + " is not in " + open + close + ".");
        }
        int from = at + 1;
        for (int to = next(from, close); to < end; to = next(to + 2, close)) {
            if (line[to] == close) {
                at = Math.min(end, to + 2);
                return range(from, to);
            }
        }
        throw bad(what + " has no end (" + close + ").");
    }

    /** Where the next backslash or other character is; the end or more if there is none in the line. */
    private int next(int from, char other) {
        int i = from;
        for (int last = Math.min(end, line.length - Long.BYTES); i <= last; i += Long.BYTES) {
            long word = Words.at(line, i);
            long marks = Words.marks(word, other) | Words.marks(word, '\\');
            if (marks != 0) {
                return i + Words.before(marks);
            }
        }
        while (i < end && line[i] != other && line[i] != '\\') {
            i++;
        }
        return i;
    }

    private void request(long request) throws BadValueException {
        int from = from(request);
        int to = from + (int) request;
        int first = from;
        while (first < to && line[first] != ' ') {
            first++;
        }
        if (first == from || first == to) {
            throw bad("the request '" + text(request) + "' is not 'METHOD path protocol'.");
        }
        int last = to - 1;
        while (line[last] != ' ') {
            last--;
        }
        method = range(from, first);
        path = range(first + 1, last == first ? to : last);
        protocol = last == first ? 0 : range(last + 1, to);
    }

    private long time(long time) throws BadValueException {
        int from = from(time);
        if ((int) time != TIME_CHARACTERS || from + TIME_CHARACTERS > line.length) {
            throw noTime(time);
        }
        if (!isOfKnownDay(from)) {
            findDay(time);
        }
        byte sign = line[from + 21];
        // The two overlap by a digit of the seconds.
        boolean isTime = CLOCK.fits(Words.at(line, from + DAY_CHARACTERS))
                && SECOND_AND_ZONE.fits(Words.at(line, from + TIME_CHARACTERS - Long.BYTES))
                && (sign == '+' || sign == '-');
        if (!isTime) {
            throw noTime(time);
        }
        long second = digits(from + 12, 2) * 3600L + digits(from + 15, 2) * 60L + digits(from + 18, 2);
        long offset = digits(from + 22, 2) * 3600L + digits(from + 24, 2) * 60L;
        return day * 86_400 + second - (sign == '-' ? -offset : offset);
    }

    /** Whether a time is of the same day as the last one, as those of lines that follow each other mostly are. */
    private boolean isOfKnownDay(int from) {
        int length = dayText.length;
        return length > 0 && Arrays.equals(dayText, 0, length, line, from, from + length);
    }

    private void findDay(long time) throws BadValueException {
        int from = from(time);
        if (!hasDayShape(from)) {
            throw noTime(time);
        }
        String text = text(time);
        int month = MONTHS.indexOf(text.substring(3, 6));
        if (month < 0 || month % 3 != 0) {
            throw noTime(time);
        }
        try {
            day = LocalDate.of(digits(from + 7, 4), month / 3 + 1, digits(from, 2))
                    .toEpochDay();
        } catch (DateTimeException e) {
            throw new BadValueException("the time '" + text + "' does not exist.", e);
        }
        dayText = text.substring(0, DAY_CHARACTERS).getBytes(StandardCharsets.US_ASCII);
    }

    private boolean hasDayShape(int from) {
        for (int i = 0; i < DAY_CHARACTERS; i++) {
            byte shape = DAY_SHAPE[i];
            byte c = line[from + i];
            boolean fits = switch (shape) {
                case '0' -> c >= '0' && c <= '9';
                case 'M', 'm' -> c > 0;
                default -> c == shape;
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private int digits(int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            number = number * 10 + (line[i] - '0');
        }
        return number;
    }

    private long number(long range, String what, long most) throws BadValueException {
        int from = from(range);
        int length = (int) range;
        long number = 0;
        int read = 0;
        while (read < length && read < SURE_DIGITS && line[from + read] >= '0' && line[from + read] <= '9') {
            number = number * 10 + (line[from + read] - '0');
            read++;
        }
        if (read < length) {
            number = unusualNumber(text(range), what);
        }
        if (number < 0 || number > most) {
            throw bad("the " + what + " '" + text(range) + "' is out of range.");
        }
        return number;
    }

    private static long unusualNumber(String text, String what) throws BadValueException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new BadValueException("the " + what + " '" + text + "' is not a number.", e);
        }
    }

    private long dashAsEmpty(long range) {
        return isDash(range) ? 0 : range;
    }

    private boolean isDash(long range) {
        return (int) range == 1 && line[from(range)] == '-';
    }

    private long range(int from, int to) {
        return Range.of(from - start, to - start);
    }

    /** Where a part of the line begins in the buffer. */
    private int from(long range) {
        return start + (int) (range >>> Integer.SIZE);
    }

    private String text(long range) {
        return new String(line, from(range), (int) range, StandardCharsets.UTF_8);
    }

    private BadValueException noTime(long time) {
        return bad("the time '" + text(time) + "' is not like 17/May/2015:10:05:03 +0000.");
    }

    private static BadValueException bad(String reason) {
        return new BadValueException(reason, null);
    }
}
