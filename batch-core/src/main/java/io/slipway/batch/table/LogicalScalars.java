package io.slipway.batch.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The scalars of Avro's logical types: what they mean, in words that people write. Stateless. */
final class LogicalScalars {

    private LogicalScalars() {}

    /** The scalar of a schema that has a logical type; empty if that is none with a text form here. */
    static Optional<Scalar> of(Schema schema) {
        LogicalType meaning = schema.getLogicalType();
        if (meaning instanceof LogicalTypes.Date) {
            return Optional.of(new Day());
        }
        if (meaning instanceof LogicalTypes.TimestampMillis) {
            return Optional.of(new Timestamp("timestamp", ChronoUnit.MILLIS));
        }
        if (meaning instanceof LogicalTypes.TimestampMicros) {
            return Optional.of(new Timestamp("timestamp-micros", ChronoUnit.MICROS));
        }
        if (meaning instanceof LogicalTypes.Decimal decimal) {
            return Optional.of(new Exact(decimal, schema));
        }
        return meaning instanceof LogicalTypes.Uuid && schema.getType() == Schema.Type.STRING
                ? Optional.of(new Uuid())
                : Optional.empty();
    }

    private static final class Day extends Scalar {

        Day() {
            super("date (such as 2026-01-31)");
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            try {
                out.ofInt(Math.toIntExact(LocalDate.parse(text).toEpochDay()));
            } catch (DateTimeException | ArithmeticException e) {
                throw misfit(text);
            }
        }
    }

    private static final class Timestamp extends Scalar {

        private final ChronoUnit unit;

        Timestamp(String label, ChronoUnit unit) {
            super(label + " (such as 2026-01-31T10:15:30Z, at most "
                    + unit.toString().toLowerCase(Locale.ROOT) + ")");
            this.unit = unit;
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            try {
                Instant instant = Instant.parse(text);
                if (!instant.truncatedTo(unit).equals(instant)) {
                    throw misfit(text);
                }
                out.ofLong(unit.between(Instant.EPOCH, instant));
            } catch (DateTimeException | ArithmeticException e) {
                throw misfit(text);
            }
        }
    }

    /** A decimal number, which must not have more digits than its type; it is not rounded. */
    private static final class Exact extends Scalar {

        private final int precision;
        private final int scale;
        private final int fixedSize;

        Exact(LogicalTypes.Decimal decimal, Schema schema) {
            super("decimal(" + decimal.getPrecision() + "," + decimal.getScale() + "), so with at most "
                    + (decimal.getPrecision() - decimal.getScale()) + " digits before the point and "
                    + decimal.getScale() + " behind it");
            this.precision = decimal.getPrecision();
            this.scale = decimal.getScale();
            this.fixedSize = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : 0;
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            byte[] unscaled = parse(text).unscaledValue().toByteArray();
            if (fixedSize == 0) {
                out.ofBytes(unscaled);
            } else {
                out.ofFixed(widened(unscaled));
            }
        }

        private BigDecimal parse(String text) throws MisfitException {
            BigDecimal value;
            try {
                value = Numbers.parseDecimal(text);
            } catch (NumberFormatException e) {
                throw misfit(text);
            }
            if (value.signum() == 0) {
                return BigDecimal.ZERO;
            }
            // In this order, so that nobody has to write out the zeros of 1e999999999.
            BigDecimal shortest = value.stripTrailingZeros();
            if (shortest.scale() > scale || (long) shortest.precision() - shortest.scale() > precision - scale) {
                throw misfit(text);
            }
            return shortest.setScale(scale);
        }

        /** The same number in as many bytes as the type has, which are enough for all numbers of its precision. */
        private byte[] widened(byte[] unscaled) {
            byte[] wide = new byte[fixedSize];
            Arrays.fill(wide, (byte) (unscaled[0] < 0 ? -1 : 0));
            System.arraycopy(unscaled, 0, wide, fixedSize - unscaled.length, unscaled.length);
            return wide;
        }

        @Override
        boolean fits(JsonNode json) {
            return json.isNumber() || json.isTextual();
        }
    }

    /** A UUID in lower case, so that one that is written in two ways is one key. */
    private static final class Uuid extends Scalar {

        private static final Pattern FORM =
                Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

        Uuid() {
            super("uuid (such as f81d4fae-7dec-11d0-a765-00a0c91e6bf6)");
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            if (!FORM.matcher(text).matches()) {
                throw misfit(text);
            }
            out.ofString(text.toLowerCase(Locale.ROOT));
        }
    }
}
