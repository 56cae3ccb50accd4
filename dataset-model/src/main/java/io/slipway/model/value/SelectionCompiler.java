package io.slipway.model.value;

import io.slipway.model.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * Compiles the plan of a {@link ValueJson} of which only some fields are wanted: what is not is passed over. Used once and
 * thrown away.
 */
final class SelectionCompiler {

    private final JsonCompiler steps = new JsonCompiler();
    private final SkipperCompiler skippers = new SkipperCompiler();

    /**
     * The plan.
     *
     * @param path where the schema is, for messages; empty at the top
     * @throws InvalidInputException if a field that is named is not there
     */
    JsonStep compile(Schema schema, FieldSelection wanted, String path) {
        if (wanted.isAll()) {
            return new JsonCompiler().compile(schema);
        }
        return switch (schema.getType()) {
            case RECORD -> record(schema, wanted, path);
            case ARRAY -> steps.array(schema, compile(schema.getElementType(), wanted, path));
            case MAP -> steps.map(schema, compile(schema.getValueType(), wanted, path));
            case UNION -> union(schema, wanted, path);
            default -> throw noFields(path, wanted);
        };
    }

    private JsonStep record(Schema schema, FieldSelection wanted, String path) {
        Set<String> unknown = new TreeSet<>(wanted.fields().keySet());
        int count = schema.getFields().size();
        JsonStep[] chosen = new JsonStep[count];
        ValueSkipper[] passed = new ValueSkipper[count];
        byte[][] names = new byte[count][];
        for (int i = 0; i < count; i++) {
            Schema.Field field = schema.getFields().get(i);
            FieldSelection of = wanted.fields().get(field.name());
            if (of == null) {
                passed[i] = skippers.compile(field.schema());
            } else {
                char before = unknown.size() == wanted.fields().size() ? '{' : ',';
                unknown.remove(field.name());
                names[i] = JsonCompiler.label(before, field.name());
                chosen[i] = compile(field.schema(), of, path + field.name() + ".");
            }
        }
        if (!unknown.isEmpty()) {
            throw new InvalidInputException("There is no field '" + path
                    + unknown.iterator().next() + "'. There are: "
                    + String.join(
                            ", ",
                            schema.getFields().stream()
                                    .map(field -> path + field.name())
                                    .toList())
                    + ".");
        }
        return (cursor, out) -> {
            cursor.enter();
            for (int i = 0; i < count; i++) {
                if (chosen[i] == null) {
                    passed[i].skip(cursor);
                } else {
                    out.raw(names[i]);
                    chosen[i].write(cursor, out);
                }
            }
            out.raw('}');
            cursor.leave();
        };
    }

    /** A branch that has no fields is written as it is; one that has must have those that are named. */
    private JsonStep union(Schema schema, FieldSelection wanted, String path) {
        List<JsonStep> branches = new ArrayList<>();
        boolean hasFields = false;
        for (Schema branch : schema.getTypes()) {
            boolean isDeep = switch (branch.getType()) {
                case RECORD, ARRAY, MAP -> true;
                default -> false;
            };
            hasFields |= isDeep;
            branches.add(isDeep ? compile(branch, wanted, path) : steps.compile(branch));
        }
        if (!hasFields) {
            throw noFields(path, wanted);
        }
        return steps.union(schema, branches.toArray(JsonStep[]::new));
    }

    private static InvalidInputException noFields(String path, FieldSelection wanted) {
        String name = wanted.fields().keySet().iterator().next();
        return new InvalidInputException("There is no field '" + path + name + "': "
                + (path.isEmpty()
                        ? "the values are no records."
                        : "'" + path.substring(0, path.length() - 1) + "' has no fields.")
                + " The dataset's value schema says which fields there are.");
    }
}
