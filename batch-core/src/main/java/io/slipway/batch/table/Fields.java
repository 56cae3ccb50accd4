package io.slipway.batch.table;

import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyField;
import java.util.List;
import org.apache.avro.Schema;

/** Looks into key and value schemas. Stateless. */
final class Fields {

    private Fields() {}

    /** The type of a field without the null that a union of two adds. */
    static Schema withoutNull(Schema schema) {
        return isOptional(schema) ? schema.getTypes().get(1 - nullBranch(schema)) : schema;
    }

    /** Whether a schema is a union of null and one other. */
    static boolean isOptional(Schema schema) {
        return schema.isUnion() && schema.isNullable() && schema.getTypes().size() == 2;
    }

    /** The number of the null in a union of two. */
    static int nullBranch(Schema schema) {
        return schema.getTypes().get(0).getType() == Schema.Type.NULL ? 0 : 1;
    }

    /** A schema and null, which comes first. */
    static Schema optional(Schema schema) {
        return schema.isNullable() ? schema : Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
    }

    /** A field of a value record; one that may be null is null where it is absent. */
    static Schema.Field of(String name, Schema schema) {
        return isOptional(schema) && nullBranch(schema) == 0
                ? new Schema.Field(name, schema, null, Schema.Field.NULL_DEFAULT_VALUE)
                : new Schema.Field(name, schema);
    }

    /** The names of a record's fields. */
    static List<String> names(Schema record) {
        return record.getFields().stream().map(Schema.Field::name).toList();
    }

    /** The scalar of a key field. */
    static Scalar keyScalar(String name, Schema schema, TableSchemas schemas) {
        KeyField key = new KeyField(name, schema); // Refuses what keys are not made of.
        return Scalars.of(key.schema(), schemas.reading(name))
                .orElseThrow(() -> new InvalidInputException("Key field '" + name + "' is of type "
                        + withoutNull(schema).getType().getName()
                        + ", which cannot be read from a file. Choose another --key, or another type for it."));
    }
}
