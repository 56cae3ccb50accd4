package io.slipway.model.value;

import io.slipway.model.InvalidInputException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which fields of values are wanted: {@code a,b.c} is all of the field a, and of the field b only its field c. What lies in
 * an array, in a map or in a union is reached by the same path. Immutable.
 *
 * @param fields what is wanted of each field that is named, by its name; empty if everything is wanted
 */
public record FieldSelection(Map<String, FieldSelection> fields) {

    /** Everything. */
    public static final FieldSelection ALL = new FieldSelection(Map.of());

    private static final int MAX_DEPTH = 32;

    /** Takes a copy of the map. */
    public FieldSelection {
        fields = Map.copyOf(fields);
    }

    /** Whether everything is wanted. */
    public boolean isAll() {
        return fields.isEmpty();
    }

    /**
     * Reads a selection.
     *
     * @param text paths, separated by commas; the names of a path by dots
     * @throws InvalidInputException if a name is empty, or a path has more than 32 of them
     */
    public static FieldSelection parse(String text) {
        Node root = new Node();
        for (String path : text.split(",", -1)) {
            String[] names = path.split("\\.", -1);
            if (names.length > MAX_DEPTH) {
                throw new InvalidInputException(
                        "A path of fields has " + names.length + " names, and the limit is " + MAX_DEPTH + ".");
            }
            root.add(names, 0, text);
        }
        return root.selection();
    }

    private static final class Node {
        private final Map<String, Node> fields = new TreeMap<>();
        private boolean isAll;

        void add(String[] names, int at, String text) {
            if (at == names.length) {
                isAll = true;
                return;
            }
            if (names[at].isEmpty()) {
                throw new InvalidInputException("The fields '" + text
                        + "' have an empty name. Separate paths by commas and the names of a path by dots: a,b.c");
            }
            fields.computeIfAbsent(names[at], name -> new Node()).add(names, at + 1, text);
        }

        /** What is wanted as a whole is so whatever else is said of it. */
        FieldSelection selection() {
            if (isAll) {
                return ALL;
            }
            Map<String, FieldSelection> selected = new TreeMap<>();
            fields.forEach((name, node) -> selected.put(name, node.selection()));
            return new FieldSelection(selected);
        }
    }
}
