package io.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A JSON document as people read it: a line for each value, a table for each array of objects that hold no arrays. Nested
 * objects and arrays are headed by their path. Used by one thread.
 */
final class JsonText {

    private final PrintWriter out;

    JsonText(PrintWriter out) {
        this.out = out;
    }

    /** Prints an object. */
    void print(JsonNode object) {
        print("", object);
        out.flush();
    }

    private void print(String path, JsonNode object) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
        int width = fields.stream()
                .filter(field -> isLine(field.getValue()))
                .mapToInt(field -> field.getKey().length())
                .max()
                .orElse(0);
        for (Map.Entry<String, JsonNode> field : fields) {
            String name = field.getKey();
            if (isLine(field.getValue())) {
                out.println("  " + name + " ".repeat(width - name.length()) + "  " + line(field.getValue()));
            } else if (field.getValue().isObject()) {
                out.println(path + name + ":");
                print(path + name + ".", field.getValue());
            } else {
                printArray(path + name, field.getValue());
            }
        }
    }

    private void printArray(String path, JsonNode array) {
        boolean isTable = elements(array).stream()
                .allMatch(element -> elements(element).stream().noneMatch(JsonNode::isArray));
        if (isTable) {
            out.println(path + ":");
            table(array).print(out);
            return;
        }
        for (int i = 0; i < array.size(); i++) {
            out.println(path + "[" + i + "]:");
            print(path + "[" + i + "].", array.get(i));
        }
    }

    private static TextTable table(JsonNode array) {
        Set<String> names = new LinkedHashSet<>();
        array.forEach(element -> element.fieldNames().forEachRemaining(names::add));
        StringBuilder alignment = new StringBuilder();
        for (String name : names) {
            boolean isNumber = elements(array).stream()
                    .allMatch(element -> element.path(name).isNumber());
            alignment.append(isNumber ? 'r' : 'l');
        }
        TextTable table = new TextTable(
                alignment.toString(),
                names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toArray(String[]::new));
        for (JsonNode element : array) {
            table.add(names.stream().map(name -> line(element.path(name))).toArray());
        }
        return table;
    }

    private static boolean isLine(JsonNode value) {
        return value.isValueNode()
                || (value.isArray() && elements(value).stream().noneMatch(JsonNode::isObject));
    }

    private static String line(JsonNode value) {
        if (value.isArray()) {
            return String.join(
                    ", ", elements(value).stream().map(JsonText::line).toList());
        }
        return value.isObject() ? value.toString() : value.asText("-");
    }

    private static List<JsonNode> elements(JsonNode container) {
        return StreamSupport.stream(container.spliterator(), false).toList();
    }
}
