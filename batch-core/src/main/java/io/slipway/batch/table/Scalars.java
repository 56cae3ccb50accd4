package io.slipway.batch.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The scalars of Avro schemas. Stateless. */
final class Scalars {

    /** How strict texts are read. */
    enum Reading {
        /** For types that were found: an integer must be canonical, since else it would come out as another text. */
        CANONICAL,
        /** For types that somebody chose: what can be read as the type is. */
        LENIENT
    }

    private Scalars() {}

    /** The scalar of a schema that is not a union; empty if its values have parts, or no text form here. */
    static Optional<Scalar> of(Schema schema, Reading reading) {
        LogicalType logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case STRING -> Optional.of(new Text(reading));
            case BOOLEAN -> Optional.of(new Bool());
            case INT ->
                logical instanceof LogicalTypes.Date ? Optional.of(new Day()) : integer(logical, schema, reading);
            case LONG -> longBased(logical, schema, reading);
            case FLOAT, DOUBLE -> Optional.of(new Decimal(schema.getType()));
            case BYTES -> logical == null ? Optional.of(new Base64Bytes()) : Optional.empty();
            case ENUM -> Optional.of(new Symbol(schema));
            default -> Optional.empty();
        };
    }

    private static Optional<Scalar> integer(LogicalType logical, Schema schema, Reading reading) {
        return logical == null ? Optional.of(new Whole(schema.getType(), reading)) : Optional.empty();
    }

    private static Optional<Scalar> longBased(LogicalType logical, Schema schema, Reading reading) {
        if (logical instanceof LogicalTypes.TimestampMillis) {
            return Optional.of(new Timestamp("timestamp", ChronoUnit.MILLIS));
        }
        if (logical instanceof LogicalTypes.TimestampMicros) {
            return Optional.of(new Timestamp("timestamp-micros", ChronoUnit.MICROS));
        }
        return integer(logical, schema, reading);
    }

    private static final class Text extends Scalar {

        private final Reading reading;

        Text(Reading reading) {
            super("string");
            this.reading = reading;
        }

        @Override
        void text(String text, ScalarSink out) {
            out.ofString(text);
        }

        @Override
        boolean fits(JsonNode json) {
            return json.isTextual() || (reading == Reading.LENIENT && json.isValueNode());
        }
    }

    private static final class Bool extends Scalar {

        Bool() {
            super("boolean");
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            boolean value = text.equals("true");
            if (!value && !text.equals("false")) {
                throw misfit(text);
            }
            out.ofBoolean(value);
        }

        @Override
        boolean fits(JsonNode json) {
            return json.isBoolean();
        }
    }

    /** An integer of 32 or 64 bits. */
    private static final class Whole extends Scalar {

        private final boolean narrow;
        private final Reading reading;

        Whole(Schema.Type type, Reading reading) {
            super(type.getName());
            this.narrow = type == Schema.Type.INT;
            this.reading = reading;
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            long value;
            try {
                value = Numbers.parseLong(text);
            } catch (NumberFormatException e) {
                throw misfit(text);
            }
            if ((narrow && value != (int) value) || !isAcceptable(text)) {
                throw misfit(text);
            }
            if (narrow) {
                out.ofInt((int) value);
            } else {
                out.ofLong(value);
            }
        }

        private boolean isAcceptable(String text) {
            if (reading == Reading.LENIENT || text.charAt(0) >= '1') {
                return text.charAt(0) != '+';
            }
            return (PlainText.kinds(text) & PlainText.LONG) != 0;
        }

        @Override
        boolean fits(JsonNode json) {
            return json.isIntegralNumber() || (reading == Reading.LENIENT && json.isTextual());
        }
    }

    private static final class Decimal extends Scalar {

        private final boolean narrow;

        Decimal(Schema.Type type) {
            super(type.getName());
            this.narrow = type == Schema.Type.FLOAT;
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            try {
                if (narrow) {
                    out.ofFloat((float) finite(Numbers.parseFloat(text), text));
                } else {
                    out.ofDouble(finite(Numbers.parseDouble(text), text));
                }
            } catch (NumberFormatException e) {
                throw misfit(text);
            }
        }

        private double finite(double value, String text) throws MisfitException {
            if (Double.isInfinite(value)) {
                throw misfit(text);
            }
            return value;
        }

        @Override
        boolean fits(JsonNode json) {
            return json.isNumber();
        }
    }

    private static final class Base64Bytes extends Scalar {

        Base64Bytes() {
            super("bytes (Base64)");
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            byte[] value;
            try {
                value = Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw misfit(text);
            }
            out.ofBytes(value);
        }
    }

    private static final class Symbol extends Scalar {

        private final Schema schema;

        Symbol(Schema schema) {
            super("enum of " + String.join(", ", schema.getEnumSymbols()));
            this.schema = schema;
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            if (!schema.hasEnumSymbol(text)) {
                throw misfit(text);
            }
            out.ofInt(schema.getEnumOrdinal(text));
        }
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
                    + unit.toString().toLowerCase(java.util.Locale.ROOT) + ")");
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
}
