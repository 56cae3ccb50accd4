package io.slipway.batch.type;

import io.slipway.model.InvalidInputException;
import java.util.Set;
import org.apache.avro.Schema;

/** The scalar types of floating-point numbers. As keys, NaN is refused and −0.0 is 0.0. */
final class FloatingTypes {

    static final ScalarType<Float> FLOAT = new FixedWidthType<>(Schema.create(Schema.Type.FLOAT), "a number") {
        @Override
        public Float parse(String text) {
            return Float.valueOf(decimal(text));
        }

        @Override
        public void write(Float value, BinaryOut out) {
            out.writeLittle(Float.floatToIntBits(value), Float.BYTES);
        }

        @Override
        public Float read(BinaryIn in) {
            return Float.intBitsToFloat((int) in.readLittle(Float.BYTES));
        }

        @Override
        void writePlainKey(Float value, BinaryOut out) {
            int bits = Float.floatToIntBits(value.isNaN() ? refuseNan() : value + 0.0f);
            out.writeBig(bits ^ (bits >> 31 | Integer.MIN_VALUE), Float.BYTES);
        }

        @Override
        Float ofKeyValue(Object value) {
            return (Float) value;
        }
    };

    static final ScalarType<Double> DOUBLE = new FixedWidthType<>(Schema.create(Schema.Type.DOUBLE), "a number") {
        @Override
        public Double parse(String text) {
            return Double.valueOf(decimal(text));
        }

        @Override
        public void write(Double value, BinaryOut out) {
            out.writeLittle(Double.doubleToLongBits(value), Double.BYTES);
        }

        @Override
        public Double read(BinaryIn in) {
            return Double.longBitsToDouble(in.readLittle(Double.BYTES));
        }

        @Override
        void writePlainKey(Double value, BinaryOut out) {
            long bits = Double.doubleToLongBits(value.isNaN() ? refuseNan() : value + 0.0);
            out.writeBig(bits ^ (bits >> 63 | Long.MIN_VALUE), Double.BYTES);
        }

        @Override
        Double ofKeyValue(Object value) {
            return (Double) value;
        }
    };

    private static final Set<String> NO_DECIMALS = Set.of("NaN", "Infinity", "-Infinity");

    private FloatingTypes() {}

    /** Refuses what Java's parser takes beyond a number as it is written: white space, hexadecimal, suffixes. */
    private static String decimal(String text) {
        if (NO_DECIMALS.contains(text)) {
            return text;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E') {
                throw new NumberFormatException(text);
            }
        }
        return text;
    }

    private static float refuseNan() {
        throw new InvalidInputException("A key is NaN, which has no place in an order. Leave such records out.");
    }
}
