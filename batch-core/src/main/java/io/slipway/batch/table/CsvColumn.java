package io.slipway.batch.table;

import io.slipway.model.InvalidInputException;
import org.apache.avro.Schema;

/** Writes the texts of one column of a CSV file. Immutable. */
final class CsvColumn {

    private static final int NO_UNION = -1;

    private final String name;
    private final Scalar scalar;
    private final int nullBranch;

    private CsvColumn(String name, Scalar scalar, int nullBranch) {
        this.name = name;
        this.scalar = scalar;
        this.nullBranch = nullBranch;
    }

    /** A column of the key. */
    static CsvColumn ofKey(String name, Schema schema, TableSchemas schemas) {
        return new CsvColumn(name, Fields.keyScalar(name, schema, schemas), NO_UNION);
    }

    /**
     * A column of the value.
     *
     * @throws InvalidInputException if a text cannot be of that schema
     */
    static CsvColumn ofValue(Schema.Field field, TableSchemas schemas) {
        Schema type = Fields.withoutNull(field.schema());
        Scalar scalar = Scalars.of(type, schemas.reading(field.name()))
                .orElseThrow(() -> new InvalidInputException("Field '" + field.name() + "' is of type " + type
                        + ", which a column of CSV cannot hold. Publish JSON Lines, or leave the field out with --value"
                        + " or --schema."));
        int nullBranch = Fields.isOptional(field.schema()) ? Fields.nullBranch(field.schema()) : NO_UNION;
        return new CsvColumn(field.name(), scalar, nullBranch);
    }

    /** The name of the field. */
    String name() {
        return name;
    }

    /** Writes a text as the key or a field of it. */
    void writeKey(String text, KeySink out) throws MisfitException {
        scalar.text(text, out);
    }

    /** Writes a text as a field of the value. */
    void write(String text, AvroSink out) throws MisfitException {
        if (nullBranch != NO_UNION) {
            out.ofIndex(1 - nullBranch);
        }
        scalar.text(text, out);
    }

    /** Writes null as a field of the value. */
    void writeNull(AvroSink out) throws MisfitException {
        if (nullBranch == NO_UNION) {
            throw MisfitException.nullOf(scalar.label());
        }
        out.ofIndex(nullBranch);
    }
}
