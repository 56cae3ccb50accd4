package io.slipway.batch.table;

import io.slipway.model.InvalidInputException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * A type that a column can be given by name.
 *
 * @param label the name as users write it
 * @param schema the Avro schema of the values
 */
public record ColumnType(String label, Schema schema) {

    /** Any text. */
    public static final ColumnType STRING = plain(Schema.Type.STRING);

    /** An integer of 32 bits. */
    public static final ColumnType INT = plain(Schema.Type.INT);

    /** An integer of 64 bits. */
    public static final ColumnType LONG = plain(Schema.Type.LONG);

    /** A number of about 7 digits. */
    public static final ColumnType FLOAT = plain(Schema.Type.FLOAT);

    /** A number of about 15 digits. */
    public static final ColumnType DOUBLE = plain(Schema.Type.DOUBLE);

    /** {@code true} or {@code false}. */
    public static final ColumnType BOOLEAN = plain(Schema.Type.BOOLEAN);

    /** Bytes, as Base64. */
    public static final ColumnType BYTES = plain(Schema.Type.BYTES);

    /** A UUID: {@code f81d4fae-7dec-11d0-a765-00a0c91e6bf6}. */
    public static final ColumnType UUID = logical("uuid", LogicalTypes.uuid(), Schema.Type.STRING);

    /** A day: {@code 2026-01-31}. */
    public static final ColumnType DATE = logical("date", LogicalTypes.date(), Schema.Type.INT);

    /** An instant to the millisecond, with its offset: {@code 2026-01-31T10:15:30.123Z}. */
    public static final ColumnType TIMESTAMP = logical("timestamp", LogicalTypes.timestampMillis(), Schema.Type.LONG);

    /** An instant to the microsecond. */
    public static final ColumnType TIMESTAMP_MICROS =
            logical("timestamp-micros", LogicalTypes.timestampMicros(), Schema.Type.LONG);

    private static final List<ColumnType> NAMED =
            List.of(STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, BYTES, UUID, DATE, TIMESTAMP, TIMESTAMP_MICROS);
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,3})(?:,\\s*(\\d{1,3}))?\\)");

    /**
     * Exact decimal numbers.
     *
     * @param precision how many digits they have at most
     * @param scale how many of these are behind the point
     * @throws InvalidInputException if there are no such numbers
     */
    public static ColumnType decimal(int precision, int scale) {
        String label = "decimal(" + precision + "," + scale + ")";
        if (precision < 1 || scale < 0 || scale > precision) {
            throw new InvalidInputException("The type " + label
                    + " is not possible. Give at least 1 digit, and at most as many behind the point.");
        }
        return logical(label, LogicalTypes.decimal(precision, scale), Schema.Type.BYTES);
    }

    /**
     * The type of a name as users write it: {@code long}, {@code decimal(9,2)}.
     *
     * @throws InvalidInputException if there is no such type
     */
    public static ColumnType of(String label) {
        Matcher decimal = DECIMAL.matcher(label);
        if (decimal.matches()) {
            String scale = decimal.group(2);
            return decimal(Integer.parseInt(decimal.group(1)), scale == null ? 0 : Integer.parseInt(scale));
        }
        return NAMED.stream()
                .filter(type -> type.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("'" + label + "' is not a type of columns. Use "
                        + NAMED.stream().map(ColumnType::label).collect(Collectors.joining(", "))
                        + " or decimal(DIGITS,DIGITS BEHIND THE POINT)."));
    }

    private static ColumnType plain(Schema.Type type) {
        return new ColumnType(type.getName(), Schema.create(type));
    }

    private static ColumnType logical(String label, LogicalType meaning, Schema.Type type) {
        return new ColumnType(label, meaning.addToSchema(Schema.create(type)));
    }
}
