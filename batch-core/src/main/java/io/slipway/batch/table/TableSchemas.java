package io.slipway.batch.table;

import io.slipway.model.publish.Publication;
import java.io.Serializable;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The schemas that the rows of a table are encoded with.
 *
 * @param key the schema of the keys
 * @param value the schema of the values, a record
 * @param origin where they come from
 * @param typed the names of the columns whose types the caller chose one by one
 * @param contentBytes how many bytes the input has, unpacked; 0 where it was not read for the schemas
 */
public record TableSchemas(Schema key, Schema value, Origin origin, Set<String> typed, long contentBytes)
        implements Serializable {

    /** Where schemas come from, and so what to do about a row that does not fit. */
    public enum Origin {
        /** They were found in the input. */
        INFERRED("the first file", "The input changed while it was read. Leave it as it is, and publish again."),
        /** The input has a schema of its own. */
        INPUT("the first file", "Correct it where the file is written."),
        /** The current version of the dataset has them. */
        CURRENT(
                "the current version",
                "Correct it, or use --new-schema to find the types afresh, or --type %1$s:string for this field alone."),
        /** The caller gave a schema of the row. */
        GIVEN("the schema that --schema names", "Correct it, or the field in the schema that --schema names.");

        private final String owner;
        private final String remedy;

        Origin(String owner, String remedy) {
            this.owner = owner;
            this.remedy = remedy;
        }

        /** What has the schemas' fields, for messages. */
        String owner() {
            return owner;
        }
    }

    /** Checks that nothing is missing. */
    public TableSchemas {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
        Objects.requireNonNull(origin);
        typed = Set.copyOf(typed);
    }

    /** Schemas for which the input was not read. */
    public TableSchemas(Schema key, Schema value, Origin origin, Set<String> typed) {
        this(key, value, origin, typed, 0);
    }

    /** Schemas as a version of the dataset has them. */
    public static TableSchemas current(Schema key, Schema value) {
        return new TableSchemas(key, value, Origin.CURRENT, Set.of());
    }

    /** These schemas, found by reading input of a size. */
    TableSchemas foundIn(long bytes) {
        return new TableSchemas(key, value, origin, typed, bytes);
    }

    /** A publication of input that is as large as it was found to be, if it was. */
    Publication sized(Publication publication) {
        return contentBytes == 0 ? publication : publication.withContentBytes(contentBytes);
    }

    /** How texts of a column are read. */
    Scalars.Reading reading(String column) {
        return origin == Origin.GIVEN || typed.contains(column) ? Scalars.Reading.LENIENT : Scalars.Reading.CANONICAL;
    }

    /** What to do about a row that does not fit in a column. */
    String remedy(String column) {
        return typed.contains(column)
                ? "Correct it, or give the field another --type."
                : String.format(origin.remedy, column);
    }
}
