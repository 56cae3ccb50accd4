package io.slipway.model.value;

import java.util.List;
import org.apache.avro.Schema;

/**
 * Finds the fields of encoded values of one schema without building anything: the top-level fields of a record, or one
 * field {@code value} for any other schema. Equal data has equal bytes ({@link ValueCodec}), so that fields of one schema
 * are equal if their bytes are. Not thread-safe.
 */
public final class ValueFields {

    private final BinaryCursor cursor = new BinaryCursor();
    private final List<Schema.Field> fields;
    private final ValueSkipper[] skippers;

    private ValueFields(List<Schema.Field> fields) {
        this.fields = fields;
        this.skippers =
                fields.stream().map(field -> ValueSkipper.of(field.schema())).toArray(ValueSkipper[]::new);
    }

    /** The fields of values of a schema. */
    public static ValueFields of(Schema valueSchema) {
        return new ValueFields(
                valueSchema.getType() == Schema.Type.RECORD
                        ? List.copyOf(valueSchema.getFields())
                        : List.of(new Schema.Field("value", valueSchema)));
    }

    /** The fields in their order, each with name and schema. */
    public List<Schema.Field> fields() {
        return fields;
    }

    /**
     * Finds where the fields of the encoded value begin that is a range of an array.
     *
     * @param bounds gets the index of each field's first byte and, as one element more, the end of the value
     * @throws io.slipway.model.CorruptDataException if the bytes are not exactly one value of the schema
     */
    public void find(byte[] value, int offset, int length, int[] bounds) {
        cursor.reset(value, offset, length);
        for (int i = 0; i < skippers.length; i++) {
            bounds[i] = cursor.position();
            skippers[i].skip(cursor);
        }
        cursor.expectEnd();
        bounds[skippers.length] = cursor.position();
    }
}
