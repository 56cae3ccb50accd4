package io.slipway.model.statistics;

import io.slipway.model.CorruptDataException;
import io.slipway.model.value.BinaryCursor;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Looks at encoded values, one after the other, and sums up what their fields look like: the top-level fields of a
 * record, or one field {@code value} for any other schema. Runs for every record of a bulk write and allocates nothing
 * for one. Not thread-safe.
 *
 * <p>Numbers are the fields of type int, long, float and double that are not a date or a time, also where they are a
 * branch of a union; NaN and the infinities are values, but not counted as numbers.
 */
public final class FieldSketcher {

    private final BinaryCursor cursor = new BinaryCursor();
    private final SketchedField[] fields;

    private FieldSketcher(SketchedField[] fields) {
        this.fields = fields;
    }

    /** A sketcher of values of a schema that has seen none yet. */
    public static FieldSketcher of(Schema valueSchema) {
        if (valueSchema.getType() != Schema.Type.RECORD) {
            return new FieldSketcher(new SketchedField[] {new SketchedField("value", valueSchema)});
        }
        return new FieldSketcher(valueSchema.getFields().stream()
                .map(field -> new SketchedField(field.name(), field.schema()))
                .toArray(SketchedField[]::new));
    }

    /**
     * Adds an encoded value that is a range of an array.
     *
     * @throws CorruptDataException if the bytes are not a value of the schema; the sketches are of no use then
     */
    public void add(byte[] value, int offset, int length) {
        cursor.reset(value, offset, length);
        for (SketchedField field : fields) {
            field.add(cursor, value);
        }
        cursor.expectEnd();
    }

    /** The sketches of all that was added so far, in the order of the schema's fields. */
    public List<FieldSketch> sketches() {
        List<FieldSketch> sketches = new ArrayList<>(fields.length);
        for (SketchedField field : fields) {
            sketches.add(field.sketch());
        }
        return List.copyOf(sketches);
    }

    /**
     * The sketches of the values of two parts of a version. An empty list is a part of which nothing is known yet, and
     * merges with any.
     *
     * @throws IllegalArgumentException if both are given and are not of the same fields
     */
    public static List<FieldSketch> merge(List<FieldSketch> some, List<FieldSketch> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? List.copyOf(others) : List.copyOf(some);
        }
        if (some.size() != others.size()) {
            throw new IllegalArgumentException(
                    "Sketches of " + some.size() + " and of " + others.size() + " fields do not merge");
        }
        List<FieldSketch> merged = new ArrayList<>(some.size());
        for (int i = 0; i < some.size(); i++) {
            merged.add(some.get(i).merge(others.get(i)));
        }
        return List.copyOf(merged);
    }
}
