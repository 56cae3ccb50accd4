package io.slipway.model.value;

/**
 * Writes the doubles that people mostly store, those of few decimals, without the search for the shortest form that
 * others need.
 */
final class JsonDecimals {

    private static final int DECIMALS = 6;
    private static final double SCALE = 1e6;

    private JsonDecimals() {}

    /**
     * Writes a double if it is a decimal of at most 6 places and {@code Double.toString} gives it without exponent. A
     * decimal of at most 15 digits that reads back as a double is the only one of so few digits that does, so it is the
     * shortest.
     *
     * @return false if it is not such a double and nothing was written
     */
    static boolean writeShort(double value, JsonBytes out) {
        double size = Math.abs(value);
        boolean inRange = (size >= 1e-3 && size < 1e7) || Double.doubleToRawLongBits(value) == 0;
        if (!inRange) {
            return false;
        }
        long scaled = (long) (size * SCALE + 0.5);
        if (scaled / SCALE != size) {
            return false;
        }
        if (value < 0) {
            out.raw('-');
        }
        out.number(scaled / (long) SCALE).raw('.');
        writeFraction(scaled % (long) SCALE, out);
        return true;
    }

    private static void writeFraction(long millionths, JsonBytes out) {
        long fraction = millionths;
        int digits = DECIMALS;
        while (digits > 1 && fraction % 10 == 0) {
            fraction /= 10;
            digits--;
        }
        out.digits(fraction, digits);
    }
}
