package io.slipway.model.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The steps of the logical types that have a JSON form of their own. */
final class JsonLogicalTypes {

    private static final int MILLIS = 3;
    private static final int MICROS = 6;
    private static final int NANOS = 9;
    private static final int UUID_BYTES = 16;

    private JsonLogicalTypes() {}

    /** The step of a schema with a logical type, or nothing if it is written as the type below. */
    static Optional<JsonStep> step(Schema schema) {
        return Optional.ofNullable(
                switch (schema.getLogicalType().getName()) {
                    case "date" -> (JsonStep) (cursor, out) -> JsonTimes.date(cursor.readInt(), out);
                    case "time-millis" -> (cursor, out) -> JsonTimes.time(cursor.readInt(), MILLIS, out);
                    case "time-micros" -> (cursor, out) -> JsonTimes.time(cursor.readLong(), MICROS, out);
                    case "timestamp-millis" -> instant(MILLIS, "Z\"");
                    case "timestamp-micros" -> instant(MICROS, "Z\"");
                    case "timestamp-nanos" -> instant(NANOS, "Z\"");
                    case "local-timestamp-millis" -> instant(MILLIS, "\"");
                    case "local-timestamp-micros" -> instant(MICROS, "\"");
                    case "local-timestamp-nanos" -> instant(NANOS, "\"");
                    case "decimal" -> decimal(schema);
                    case "uuid" -> schema.getType() == Schema.Type.FIXED ? JsonLogicalTypes::uuid : null;
                    default -> null;
                });
    }

    private static JsonStep instant(int decimals, String end) {
        return (cursor, out) -> JsonTimes.timestamp(cursor.readLong(), decimals, end, out);
    }

    private static JsonStep decimal(Schema schema) {
        int scale = ((LogicalTypes.Decimal) schema.getLogicalType()).getScale();
        int size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
        return (cursor, out) -> {
            int length = size >= 0 ? size : cursor.readLength();
            int from = cursor.skip(length);
            BigInteger unscaled = length == 0 ? BigInteger.ZERO : new BigInteger(cursor.bytes(), from, length);
            out.raw(new BigDecimal(unscaled, scale).toPlainString());
        };
    }

    private static void uuid(BinaryCursor cursor, JsonBytes out) {
        int from = cursor.skip(UUID_BYTES);
        long most = new BigInteger(cursor.bytes(), from, Long.BYTES).longValue();
        long least = new BigInteger(cursor.bytes(), from + Long.BYTES, Long.BYTES).longValue();
        out.string(new UUID(most, least).toString());
    }
}
