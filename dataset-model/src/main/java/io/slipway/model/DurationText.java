package io.slipway.model;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them, in settings and on the command line. Stateless. */
public final class DurationText {

    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private DurationText() {}

    /**
     * Reads a duration: {@code 500ms}, {@code 90s}, {@code 10m}, {@code 2h}, {@code 7d}.
     *
     * @throws InvalidInputException if the text is not one
     */
    public static Duration parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    "'" + text + "' is not a duration. Write a number and ms, s, m, h or d: 90s, 10m, 1h, 7d.");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
