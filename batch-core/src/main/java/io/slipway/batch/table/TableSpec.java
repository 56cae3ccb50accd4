package io.slipway.batch.table;

import io.slipway.model.InvalidInputException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Which columns of a table make keys and values, and of which types. Immutable; each {@code with…} method returns a
 * changed copy.
 *
 * <p>Columns are called by the names that their Avro fields have: what is not a letter, a digit or {@code _} becomes
 * {@code _}, and {@code _} comes before a digit at the beginning. All names here are mapped in that way.
 */
public final class TableSpec {

    private final List<String> key;
    private final List<String> value;
    private final Map<String, ColumnType> types;
    private final Optional<Schema> rowSchema;
    private final CsvDialect dialect;
    private final DeleteMarker marker;

    private TableSpec(
            List<String> key,
            List<String> value,
            Map<String, ColumnType> types,
            Optional<Schema> rowSchema,
            CsvDialect dialect,
            DeleteMarker marker) {
        this.key = key;
        this.value = value;
        this.types = types;
        this.rowSchema = rowSchema;
        this.dialect = dialect;
        this.marker = marker;
    }

    /**
     * A table with these columns as its key (one: its own type; several: a record), all others as its value, and types
     * as found.
     *
     * @throws InvalidInputException if there are none, or one is named twice
     */
    public static TableSpec withKey(List<String> columns) {
        if (columns.isEmpty()) {
            throw new InvalidInputException("There is no key. Name at least one column with --key.");
        }
        return new TableSpec(
                mapped(columns, "--key"), List.of(), Map.of(), Optional.empty(), CsvDialect.DEFAULT, DeleteMarker.NONE);
    }

    /**
     * With only these columns as the value, in this order.
     *
     * @throws InvalidInputException if one is named twice
     */
    public TableSpec withValue(List<String> columns) {
        return new TableSpec(key, mapped(columns, "--value"), types, rowSchema, dialect, marker);
    }

    /** With given types for some columns. */
    public TableSpec withTypes(Map<String, ColumnType> columnTypes) {
        Map<String, ColumnType> mapped = new LinkedHashMap<>();
        columnTypes.forEach((name, type) -> mapped.put(AvroNames.of(name), type));
        return new TableSpec(key, value, Map.copyOf(mapped), rowSchema, dialect, marker);
    }

    /**
     * With a schema of the whole row: a record with a field for each column of key and value.
     *
     * @throws InvalidInputException if it is not a record's
     */
    public TableSpec withRowSchema(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new InvalidInputException("The schema of the rows is of type "
                    + schema.getType().getName() + ". Give a record's, with a field" + " for each column.");
        }
        return new TableSpec(key, value, types, Optional.of(schema), dialect, marker);
    }

    /** With another way in which CSV files are written. */
    public TableSpec withDialect(CsvDialect csv) {
        return new TableSpec(key, value, types, rowSchema, Objects.requireNonNull(csv), marker);
    }

    /**
     * With a column that says which rows of a delta are deletes: those need no more than it and their key.
     *
     * @throws InvalidInputException if it is a column of key or value
     */
    public TableSpec withDeleteMarker(String column) {
        String name = AvroNames.of(column);
        if (key.contains(name) || value.contains(name)) {
            throw new InvalidInputException("--delete-marker names '" + name
                    + "', which is a column of key or value. Name one that only says which rows are deletes.");
        }
        return new TableSpec(key, value, types, rowSchema, dialect, new DeleteMarker(name));
    }

    /** The columns of the key. */
    List<String> key() {
        return key;
    }

    /** The columns of the value; none means all that are not of the key. */
    List<String> value() {
        return value;
    }

    Map<String, ColumnType> types() {
        return types;
    }

    Optional<Schema> rowSchema() {
        return rowSchema;
    }

    CsvDialect dialect() {
        return dialect;
    }

    /** What marks the deletes of a delta. */
    DeleteMarker marker() {
        return marker;
    }

    private static List<String> mapped(List<String> columns, String option) {
        List<String> names = columns.stream().map(AvroNames::of).toList();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new InvalidInputException(option + " names '" + name + "' twice. Name it once.");
            }
        }
        return names;
    }
}
