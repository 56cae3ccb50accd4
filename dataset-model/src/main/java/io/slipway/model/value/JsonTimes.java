package io.slipway.model.value;

import java.time.LocalDate;

/** Writes dates and times in ISO 8601 without the objects of {@code java.time}, except for years that nobody lives in. */
final class JsonTimes {

    private static final long SECONDS_OF_DAY = 86_400;
    private static final int DAYS_OF_ERA = 146_097;
    private static final int DAYS_BEFORE_1970 = 719_468;
    private static final long LAST_PLAIN_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long FIRST_PLAIN_DAY = LocalDate.of(0, 3, 1).toEpochDay();
    private static final long[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    private JsonTimes() {}

    static void date(int day, JsonBytes out) {
        out.raw('"');
        writeDay(day, out);
        out.raw('"');
    }

    /** Writes a time of day that is counted in units of 10^−{@code decimals} seconds; as a number if there is none. */
    static void time(long units, int decimals, JsonBytes out) {
        if (units < 0 || units >= SECONDS_OF_DAY * POWERS[decimals]) {
            out.number(units);
            return;
        }
        out.raw('"');
        writeTime(units / POWERS[decimals], units % POWERS[decimals], decimals, out);
        out.raw('"');
    }

    /** Writes a time since 1970 that is counted in units of 10^−{@code decimals} seconds, up to {@code end}. */
    static void timestamp(long units, int decimals, String end, JsonBytes out) {
        long second = Math.floorDiv(units, POWERS[decimals]);
        out.raw('"');
        writeDay(Math.floorDiv(second, SECONDS_OF_DAY), out);
        out.raw('T');
        writeTime(Math.floorMod(second, SECONDS_OF_DAY), Math.floorMod(units, POWERS[decimals]), decimals, out);
        out.raw(end);
    }

    private static void writeTime(long second, long fraction, int decimals, JsonBytes out) {
        out.digits(second / 3600, 2)
                .raw(':')
                .digits(second / 60 % 60, 2)
                .raw(':')
                .digits(second % 60, 2);
        if (fraction != 0) {
            int digits = decimals;
            long left = fraction;
            while (left % 1000 == 0) {
                left /= 1000;
                digits -= 3;
            }
            out.raw('.').digits(left, digits);
        }
    }

    /** The civil date of a day since 1970, by Howard Hinnant's algorithm (chrono-Compatible Low-Level Date Algorithms). */
    private static void writeDay(long day, JsonBytes out) {
        if (day < FIRST_PLAIN_DAY || day > LAST_PLAIN_DAY) {
            out.raw(LocalDate.ofEpochDay(day).toString());
            return;
        }
        int shifted = (int) day + DAYS_BEFORE_1970;
        int era = shifted / DAYS_OF_ERA;
        int ofEra = shifted % DAYS_OF_ERA;
        int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * ofYear + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        int dayOfMonth = ofYear - (153 * marchMonth + 2) / 5 + 1;
        out.digits(year, 4).raw('-').digits(month, 2).raw('-').digits(dayOfMonth, 2);
    }
}
