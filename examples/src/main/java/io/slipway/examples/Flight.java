package io.slipway.examples;

import io.slipway.model.InvalidInputException;
import java.util.regex.Pattern;

/**
 * One flight, as {@code flights.csv.gz} has it: the components are those columns of the file that the jobs need, by
 * name.
 *
 * @param date the departure as {@code MMDDhhmm}, in local time; the year is not in the data
 * @param delay by how many minutes it arrived late; negative if it was early
 * @param origin where it started, as the airport's code of three letters
 * @param destination where it landed, likewise
 */
public record Flight(String date, int delay, String origin, String destination) {

    /** A flight counts as on time, as the US Bureau of Transportation Statistics has it, if it is not this late. */
    private static final int LATE_MINUTES = 15;

    private static final Pattern DATE = Pattern.compile("(0[1-9]|1[0-2])[0-3][0-9]([01][0-9]|2[0-4])[0-5][0-9]");

    /**
     * Checks the date.
     *
     * @throws InvalidInputException if it is not of its form
     */
    public Flight {
        if (!DATE.matcher(date).matches()) {
            throw new InvalidInputException("The flight from " + origin + " to " + destination + " has the date '"
                    + date + "'. Write it as MMDDhhmm, such as 03311830.");
        }
    }

    /** Where from and where to, as one text: {@code LAX-PHX}. */
    public String route() {
        return origin + "-" + destination;
    }

    /** The month of the departure, from 1. */
    public int month() {
        return Integer.parseInt(date, 0, 2, 10);
    }

    /** The hour of the departure, from 0; 24 is midnight too. */
    public int hour() {
        return Integer.parseInt(date, 4, 6, 10) % 24;
    }

    /** Whether it arrived less than 15 minutes late. */
    public boolean onTime() {
        return isOnTime(delay);
    }

    /** Whether a flight of this delay was on time. */
    public static boolean isOnTime(int delay) {
        return delay < LATE_MINUTES;
    }
}
