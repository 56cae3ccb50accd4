package io.slipway.model.value;

import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import org.apache.avro.Schema;

/**
 * Turns encoded values of one schema into JSON, from bytes to bytes by a plan that is compiled once. Immutable and
 * thread-safe. Implements the JSON form of values in {@code spec/serving-api.yaml}:
 *
 * <pre>
 *   record              object, fields in the schema's order
 *   map, array          object, array
 *   union               the value itself, null as null
 *   string, enum        string
 *   bytes, fixed        string, in Base64
 *   int, long, boolean  number, true or false
 *   float, double       number in its shortest form, 14.0; "NaN", "Infinity", "-Infinity"
 *   date                "2026-01-31"
 *   time-*              "10:15:30.123"
 *   timestamp-*         "2026-01-31T10:15:30.123Z"
 *   local-timestamp-*   "2026-01-31T10:15:30.123"
 *   decimal             number in plain notation, 12.50
 *   uuid                string, also where it is a fixed
 * </pre>
 *
 * Fractions of a second have 0, 3, 6 or 9 digits, as few as hold them. A time that is not within a day stays a number.
 * Other logical types are written as the type below them.
 */
public final class ValueJson {

    private final Schema schema;
    private final JsonStep step;

    private ValueJson(Schema schema, JsonStep step) {
        this.schema = schema;
        this.step = step;
    }

    /** Compiles the plan of a value schema. */
    public static ValueJson of(Schema schema) {
        return new ValueJson(schema, new JsonCompiler().compile(schema));
    }

    /**
     * Compiles a plan that writes only some fields: objects have those that are wanted, in the schema's order, and nothing
     * else changes.
     *
     * @throws InvalidInputException if a field that is wanted is not in the schema
     */
    public static ValueJson of(Schema schema, FieldSelection wanted) {
        return new ValueJson(schema, new SelectionCompiler().compile(schema, wanted, ""));
    }

    /** The value schema. */
    public Schema schema() {
        return schema;
    }

    /**
     * Appends the JSON of the encoded value that is a range of an array.
     *
     * @throws CorruptDataException if the bytes are not exactly one value of the schema; nothing is appended then
     */
    public void write(byte[] value, int offset, int length, JsonBytes out) {
        BinaryCursor cursor = new BinaryCursor();
        cursor.reset(value, offset, length);
        int before = out.length();
        boolean done = false;
        try {
            step.write(cursor, out);
            cursor.expectEnd();
            done = true;
        } finally {
            if (!done) {
                out.truncate(before);
            }
        }
    }

    /**
     * The JSON of an encoded value.
     *
     * @throws CorruptDataException if the bytes are not exactly one value of the schema
     */
    public byte[] toJson(byte[] value) {
        JsonBytes out = new JsonBytes(2 * value.length + 64);
        write(value, 0, value.length, out);
        return out.toByteArray();
    }
}
