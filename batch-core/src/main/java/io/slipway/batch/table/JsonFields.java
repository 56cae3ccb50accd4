package io.slipway.batch.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.batch.format.JsonRow;
import io.slipway.model.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** What objects have in common: their fields, in the order in which they are first seen. Used by one thread. */
final class JsonFields {

    private static final int MOST_FIELDS = 10_000;

    /** A field, by the name that it has in the files, which two of one Avro name must not differ in. */
    private static final class Found {

        private final String source;
        private final JsonShape shape = new JsonShape();
        private long count;

        Found(String source) {
            this.source = source;
        }
    }

    private final Map<String, Found> fields = new LinkedHashMap<>();
    private long objects;

    /** Looks at an object of a row. */
    void observe(JsonNode object, JsonRow row) {
        objects++;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Found found = field(entry.getKey());
            if (!found.source.equals(entry.getKey())) {
                throw clash(row, found.source, entry.getKey());
            }
            found.count++;
            found.shape.observe(entry.getValue(), row);
        }
        if (fields.size() > MOST_FIELDS) {
            throw new InvalidInputException(
                    row.file() + ", line " + row.line() + ": the objects up to here have more than " + MOST_FIELDS
                            + " fields. Declare a map in a schema of the rows, with --schema.");
        }
    }

    /** Adds what was seen of later objects. */
    void add(JsonFields later) {
        objects += later.objects;
        later.fields.forEach((name, more) -> {
            Found found = field(more.source);
            if (!found.source.equals(more.source)) {
                throw clash(found.source, more.source);
            }
            found.count += more.count;
            found.shape.add(more.shape);
        });
    }

    /** The names of all fields, as Avro allows them, in order. */
    List<String> names() {
        return List.copyOf(fields.keySet());
    }

    /** Whether a field is null or absent somewhere; also if there is no such field. */
    boolean isNullable(String name) {
        Found found = fields.get(name);
        return found == null || found.count < objects || found.shape.hasNull();
    }

    /**
     * The type that all values of a field have, without null.
     *
     * @param path what comes before the field's name in messages
     * @param record the full name of the record that the field is in
     */
    Schema type(String name, String path, String record) {
        return fields.get(name).shape.type(path + name, record + "." + name);
    }

    /** The record that all objects fit. */
    Schema record(String path, String name) {
        List<Schema.Field> types = new ArrayList<>();
        for (String field : fields.keySet()) {
            Schema type = type(field, path, name);
            types.add(Fields.of(field, isNullable(field) ? Fields.optional(type) : type));
        }
        return Schema.createRecord(name, null, null, false, types);
    }

    private Found field(String source) {
        return fields.computeIfAbsent(AvroNames.of(source), name -> new Found(source));
    }

    private static InvalidInputException clash(JsonRow row, String first, String second) {
        return new InvalidInputException(row.file() + ", line " + row.line() + ": "
                + clash(first, second).getMessage());
    }

    private static InvalidInputException clash(String first, String second) {
        return new InvalidInputException("The fields '" + first + "' and '" + second + "' would both be called "
                + AvroNames.of(first) + ", since Avro's names have letters, digits and _ only. Rename one.");
    }
}
