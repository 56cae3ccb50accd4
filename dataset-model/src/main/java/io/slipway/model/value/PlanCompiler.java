package io.slipway.model.value;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Compiles a schema into a tree of steps, one for each schema in it. A record that contains itself becomes a step that
 * contains itself. Used once and thrown away.
 *
 * @param <T> the steps
 */
abstract class PlanCompiler<T> {

    private final Map<String, T> records = new HashMap<>();

    final T compile(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> compileRecord(schema);
            case ARRAY -> array(schema, compile(schema.getElementType()));
            case MAP -> map(schema, compile(schema.getValueType()));
            case UNION -> union(schema, compileAll(schema.getTypes()));
            default -> leaf(schema);
        };
    }

    /** The step of a schema that contains no other. */
    abstract T leaf(Schema schema);

    abstract T array(Schema schema, T item);

    abstract T map(Schema schema, T value);

    abstract T union(Schema schema, T[] branches);

    /** The step of a record. Its fields' steps are filled into the array later, and must not be used before. */
    abstract T record(Schema schema, T[] fields);

    abstract T[] newArray(int length);

    private T[] compileAll(List<Schema> schemas) {
        T[] steps = newArray(schemas.size());
        for (int i = 0; i < steps.length; i++) {
            steps[i] = compile(schemas.get(i));
        }
        return steps;
    }

    private T compileRecord(Schema schema) {
        T known = records.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        T[] fields = newArray(schema.getFields().size());
        T step = record(schema, fields);
        records.put(schema.getFullName(), step);
        for (int i = 0; i < fields.length; i++) {
            fields[i] = compile(schema.getFields().get(i).schema());
        }
        return step;
    }
}
