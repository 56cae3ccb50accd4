package io.slipway.model.value;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Turns Avro's location of an incompatibility, a JSON pointer into the schema ({@code /fields/3/type/items}), into the
 * path that people know ({@code field 'stops[]'}).
 */
final class SchemaPath {

    private SchemaPath() {}

    static String of(String location, Schema schema) {
        StringBuilder path = new StringBuilder();
        Iterator<String> steps = Arrays.stream(location.split("/"))
                .filter(step -> !step.isEmpty())
                .iterator();
        Schema at = schema;
        while (steps.hasNext() && at != null) {
            at = step(steps.next(), steps, at, path);
        }
        return path.isEmpty() ? "the value" : "field '" + path + "'";
    }

    /** Goes one step, and says which schema it led to, or null if it led out of what has a path. */
    private static Schema step(String step, Iterator<String> rest, Schema at, StringBuilder path) {
        return switch (at.getType()) {
            case RECORD -> field(step, rest, at, path);
            case ARRAY -> inner(step, "items", at.getElementType(), "[]", path);
            case MAP -> inner(step, "values", at.getValueType(), "{}", path);
            case UNION -> elementAt(step, at.getTypes());
            default -> null;
        };
    }

    private static Schema field(String step, Iterator<String> rest, Schema at, StringBuilder path) {
        Schema.Field field = step.equals("fields") && rest.hasNext() ? elementAt(rest.next(), at.getFields()) : null;
        if (field == null) {
            return null;
        }
        path.append(path.isEmpty() ? "" : ".").append(field.name());
        return rest.hasNext() && rest.next().equals("type") ? field.schema() : null;
    }

    private static Schema inner(String step, String expected, Schema inner, String mark, StringBuilder path) {
        if (!step.equals(expected)) {
            return null;
        }
        path.append(mark);
        return inner;
    }

    private static <T> T elementAt(String index, List<T> list) {
        boolean is = index.chars().allMatch(Character::isDigit) && index.length() < 9;
        return is && Integer.parseInt(index) < list.size() ? list.get(Integer.parseInt(index)) : null;
    }
}
