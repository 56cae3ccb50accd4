package io.slipway.batch.table;

import io.slipway.model.InvalidInputException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Compiles the writers of schemas. Used by one thread. */
final class JsonWriters {

    private final Scalars.Reading reading;
    private final Map<String, JsonWriter> records = new HashMap<>();

    JsonWriters(Scalars.Reading reading) {
        this.reading = reading;
    }

    /**
     * The writer of a schema.
     *
     * @param field the field that it is in, for messages
     * @throws InvalidInputException if JSON cannot be read as that
     */
    JsonWriter of(String field, Schema schema) {
        return switch (schema.getType()) {
            case UNION -> optional(field, schema);
            case ARRAY -> new JsonWriter.Items(of(field, schema.getElementType()));
            case MAP -> new JsonWriter.Entries(of(field, schema.getValueType()));
            case RECORD -> record(schema);
            default ->
                Scalars.of(schema, reading)
                        .<JsonWriter>map(JsonWriter.Single::new)
                        .orElseThrow(() -> unreadable(field, schema));
        };
    }

    private JsonWriter optional(String field, Schema schema) {
        if (!Fields.isOptional(schema)) {
            throw unreadable(field, schema);
        }
        return new JsonWriter.Maybe(of(field, Fields.withoutNull(schema)), Fields.nullBranch(schema));
    }

    private JsonWriter record(Schema schema) {
        JsonWriter known = records.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        JsonWriter.Fields record = new JsonWriter.Fields(Fields.names(schema));
        records.put(schema.getFullName(), record);
        for (Schema.Field field : schema.getFields()) {
            record.add(of(field.name(), field.schema()));
        }
        return record;
    }

    private static InvalidInputException unreadable(String field, Schema schema) {
        return new InvalidInputException("Field '" + field + "' is of type " + schema
                + ", which is not read from JSON. Leave it out with --value, or give it another type with --schema.");
    }
}
