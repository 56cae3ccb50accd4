package io.slipway.batch.format;

import io.slipway.batch.type.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;

/** Makes Java values without parts of Avro's, which come without conversions of logical types. Stateless. */
final class AvroScalars {

    private AvroScalars() {}

    /** The reader of a schema's values; empty if they are not what the type's are. Numbers widen as Avro's do. */
    static Optional<AvroBinder.Reader> of(ScalarType<?> type, Schema schema, String place) {
        LogicalType wanted = type.schema().getLogicalType();
        if (wanted instanceof LogicalTypes.Date) {
            return when(schema.getLogicalType() instanceof LogicalTypes.Date, avro -> LocalDate.ofEpochDay((int) avro));
        }
        if (wanted instanceof LogicalTypes.TimestampMicros) {
            return instant(schema.getLogicalType());
        }
        Schema.Type given = schema.getType();
        return switch (type.schema().getType()) {
            case STRING -> text(type, schema, place);
            case BYTES -> when(given == Schema.Type.BYTES || given == Schema.Type.FIXED, AvroScalars::bytes);
            case BOOLEAN -> when(given == Schema.Type.BOOLEAN, avro -> avro);
            case INT -> when(given == Schema.Type.INT, avro -> avro);
            case LONG -> when(isInteger(given), avro -> ((Number) avro).longValue());
            case FLOAT -> when(isInteger(given) || given == Schema.Type.FLOAT, avro -> ((Number) avro).floatValue());
            case DOUBLE -> number(schema);
            default -> Optional.empty();
        };
    }

    private static Optional<AvroBinder.Reader> when(boolean fits, AvroBinder.Reader reader) {
        return fits ? Optional.of(reader) : Optional.empty();
    }

    private static boolean isInteger(Schema.Type type) {
        return type == Schema.Type.INT || type == Schema.Type.LONG;
    }

    private static Optional<AvroBinder.Reader> instant(LogicalType given) {
        if (given instanceof LogicalTypes.TimestampMillis) {
            return Optional.of(avro -> Instant.ofEpochMilli((long) avro));
        }
        return when(
                given instanceof LogicalTypes.TimestampMicros,
                avro -> Instant.EPOCH.plus((long) avro, ChronoUnit.MICROS));
    }

    /** A text, the name of an enum's constant, or the digits of a decimal number. */
    private static Optional<AvroBinder.Reader> text(ScalarType<?> type, Schema schema, String place) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return Optional.of(avro -> parse(type, decimal(avro, decimal).toPlainString(), place));
        }
        boolean isText = schema.getType() == Schema.Type.STRING || schema.getType() == Schema.Type.ENUM;
        return when(isText, avro -> parse(type, avro.toString(), place));
    }

    private static Object parse(ScalarType<?> type, String text, String place) throws BadValueException {
        try {
            return type.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadValueException(
                    "field " + place + " is '" + text + "' and should be " + type.expected() + ".", e);
        }
    }

    private static Optional<AvroBinder.Reader> number(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return Optional.of(avro -> decimal(avro, decimal).doubleValue());
        }
        Schema.Type given = schema.getType();
        return when(
                isInteger(given) || given == Schema.Type.FLOAT || given == Schema.Type.DOUBLE,
                avro -> ((Number) avro).doubleValue());
    }

    private static BigDecimal decimal(Object avro, LogicalTypes.Decimal decimal) {
        return new BigDecimal(new BigInteger(bytes(avro)), decimal.getScale());
    }

    private static byte[] bytes(Object avro) {
        if (avro instanceof GenericFixed fixed) {
            return fixed.bytes().clone();
        }
        ByteBuffer buffer = ((ByteBuffer) avro).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
