package io.slipway.batch.table;

import io.slipway.model.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The types that a column can be given by name. */
public enum ColumnType {
    /** Any text. */
    STRING,
    /** An integer of 32 bits. */
    INT,
    /** An integer of 64 bits. */
    LONG,
    /** A number of about 7 digits. */
    FLOAT,
    /** A number of about 15 digits. */
    DOUBLE,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** A day: {@code 2026-01-31}. */
    DATE,
    /** An instant to the millisecond, with its offset: {@code 2026-01-31T10:15:30.123Z}. */
    TIMESTAMP,
    /** An instant to the microsecond. */
    TIMESTAMP_MICROS;

    /**
     * The type of a name as users write it: {@code long}.
     *
     * @throws InvalidInputException if there is no such type
     */
    public static ColumnType of(String label) {
        for (ColumnType type : values()) {
            if (type.label().equals(label)) {
                return type;
            }
        }
        throw new InvalidInputException("'" + label + "' is not a type of columns. Use "
                + Arrays.stream(values()).map(ColumnType::label).collect(Collectors.joining(", ")) + ".");
    }

    /** The name as users write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The Avro schema of the values. */
    public Schema schema() {
        return switch (this) {
            case STRING -> Schema.create(Schema.Type.STRING);
            case INT -> Schema.create(Schema.Type.INT);
            case LONG -> Schema.create(Schema.Type.LONG);
            case FLOAT -> Schema.create(Schema.Type.FLOAT);
            case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TIMESTAMP -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case TIMESTAMP_MICROS -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
        };
    }
}
