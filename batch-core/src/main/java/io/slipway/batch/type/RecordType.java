package io.slipway.batch.type;

import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;

/** Java records, written as Avro records with their components as fields, in order. */
public final class RecordType<T> extends Type<T> {

    private final RecordShape<T> shape;
    private final List<String> names;
    private final List<Type<Object>> types;
    private final List<Function<Object, Object>> accessors;

    RecordType(RecordShape<T> shape) {
        super(schemaOf(shape));
        this.shape = shape;
        this.names = shape.names();
        this.types = shape.types();
        this.accessors = shape.accessors();
    }

    /** The names of the components, in order. */
    public List<String> names() {
        return names;
    }

    /** The types of the components, in order. */
    public List<Type<Object>> types() {
        return types;
    }

    /** Creates a record of its components' values, which are of the components' types, in order. */
    public T create(Object[] values) {
        return shape.create(values);
    }

    /**
     * The value of a component of a record.
     *
     * @param component which, from 0
     * @throws InvalidInputException if it is null
     */
    public Object component(T value, int component) {
        Object found = accessors.get(component).apply(value);
        if (found == null) {
            throw new InvalidInputException("Component '" + names.get(component) + "' of " + value
                    + " is null. Make it an Optional if it can be absent.");
        }
        return found;
    }

    @Override
    public void write(T value, BinaryOut out) {
        for (int i = 0; i < types.size(); i++) {
            types.get(i).write(component(value, i), out);
        }
    }

    @Override
    public T read(BinaryIn in) {
        Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = types.get(i).read(in);
        }
        return shape.create(values);
    }

    @Override
    public void writeKey(T value, BinaryOut out) {
        for (int i = 0; i < types.size(); i++) {
            if (!(types.get(i) instanceof ScalarType<Object> scalar)) {
                throw noKey(types.get(i).schema());
            }
            scalar.writeKeyField(names.get(i), accessors.get(i).apply(value), out);
        }
    }

    @Override
    public T readKey(byte[] key) {
        Object[] values = KeyCodec.of(schema()).decode(key).toArray();
        for (int i = 0; i < values.length; i++) {
            if (types.get(i) instanceof ScalarType<Object> scalar) {
                values[i] = scalar.ofKeyValue(values[i]);
            }
        }
        return shape.create(values);
    }

    private static Schema schemaOf(RecordShape<?> shape) {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < shape.names().size(); i++) {
            fields.add(
                    new Schema.Field(shape.names().get(i), shape.types().get(i).schema()));
        }
        return Schema.createRecord(shape.name(), null, shape.namespace(), false, fields);
    }
}
