package io.slipway.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as users write them, in settings and on the command line. Stateless. */
public final class SizeText {

    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,12})(b|[kmg](i?b)?)?");

    private SizeText() {}

    /**
     * Reads a size: {@code 256m}, {@code 1g}, {@code 64MiB}, {@code 4096}. The units are powers of 1,024.
     *
     * @throws InvalidInputException if the text is not one
     */
    public static long parse(String text) {
        Matcher matcher = SHAPE.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new InvalidInputException("'" + text + "' is not a size. Write a number and k, m or g: 256m, 1g.");
        }
        String unit = matcher.group(2) == null ? "b" : matcher.group(2);
        int shift = switch (unit.charAt(0)) {
            case 'k' -> 10;
            case 'm' -> 20;
            case 'g' -> 30;
            default -> 0;
        };
        return Long.parseLong(matcher.group(1)) << shift;
    }

    /** A size as it is written most shortly: {@code 256m}. */
    public static String of(long bytes) {
        if (bytes > 0 && bytes % (1L << 30) == 0) {
            return (bytes >> 30) + "g";
        }
        if (bytes > 0 && bytes % (1L << 20) == 0) {
            return (bytes >> 20) + "m";
        }
        return bytes > 0 && bytes % (1L << 10) == 0 ? (bytes >> 10) + "k" : Long.toString(bytes);
    }
}
