package io.slipway.batch.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.batch.format.FolderText;
import io.slipway.batch.format.JsonRow;
import io.slipway.model.InvalidInputException;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** What all JSON values of a field, or of an array's elements, have in common. Used by one thread. */
final class JsonShape {

    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final int DIGITS_OF_DOUBLE = 17;

    /** The kinds of JSON that do not mix. */
    private enum Kind {
        STRING("a string"),
        BOOLEAN("a boolean"),
        NUMBER("a number"),
        OBJECT("an object"),
        ARRAY("an array"),
        FOLDER("a folder's name");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        static Kind of(JsonNode json) {
            if (json instanceof FolderText) {
                return FOLDER;
            }
            if (json.isNumber()) {
                return NUMBER;
            }
            if (json.isBoolean()) {
                return BOOLEAN;
            }
            return json.isObject() ? OBJECT : json.isArray() ? ARRAY : STRING;
        }
    }

    private final EnumMap<Kind, String> firstPlaces = new EnumMap<>(Kind.class);
    private boolean hasNull;
    private boolean allLong = true;
    private int folderKinds = PlainText.ANY;
    private Optional<String> notDouble = Optional.empty();
    private Optional<JsonFields> object = Optional.empty();
    private Optional<JsonShape> element = Optional.empty();

    /** Looks at a value of a row. */
    void observe(JsonNode json, JsonRow row) {
        if (json.isNull()) {
            hasNull = true;
            return;
        }
        Kind kind = Kind.of(json);
        if (!firstPlaces.containsKey(kind)) {
            firstPlaces.put(kind, place(row));
        }
        switch (kind) {
            case NUMBER -> observeNumber(json, row);
            case OBJECT -> fields().observe(json, row);
            case ARRAY -> observeElements(json, row);
            case FOLDER -> folderKinds &= PlainText.kinds(json.textValue());
            default -> {
                // Strings and booleans are all alike.
            }
        }
    }

    /** Adds what was seen of later values. */
    void add(JsonShape later) {
        later.firstPlaces.forEach(firstPlaces::putIfAbsent);
        hasNull |= later.hasNull;
        allLong &= later.allLong;
        folderKinds &= later.folderKinds;
        notDouble = notDouble.or(() -> later.notDouble);
        later.object.ifPresent(more -> fields().add(more));
        later.element.ifPresent(more -> elements().add(more));
    }

    /** Whether a value is null. */
    boolean hasNull() {
        return hasNull;
    }

    /**
     * The type that all values have, without null.
     *
     * @param path where the values are in the row, for messages
     * @param record the full name that a record of this type gets
     * @throws InvalidInputException if there is none
     */
    Schema type(String path, String record) {
        if (firstPlaces.size() > 1) {
            throw new InvalidInputException("Field '" + path + "' is "
                    + firstPlaces.entrySet().stream()
                            .map(entry -> entry.getKey().label + " in " + entry.getValue())
                            .collect(Collectors.joining(" and "))
                    + ". Correct it, or give it one type" + remedy(path));
        }
        if (firstPlaces.isEmpty()) {
            return Schema.create(Schema.Type.STRING);
        }
        return switch (firstPlaces.keySet().iterator().next()) {
            case STRING -> Schema.create(Schema.Type.STRING);
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case NUMBER -> number(path);
            case OBJECT -> fields().record(path + ".", record);
            case FOLDER -> PlainText.type(folderKinds);
            case ARRAY -> Schema.createArray(elements().nullableType(path + "[]", record));
        };
    }

    /** The type that all values have, with null if it may be. */
    Schema nullableType(String path, String record) {
        Schema type = type(path, record);
        return hasNull ? Fields.optional(type) : type;
    }

    private void observeNumber(JsonNode json, JsonRow row) {
        boolean isLong = json.isIntegralNumber() && json.canConvertToLong();
        allLong &= isLong;
        if (notDouble.isEmpty() && !isExactInDouble(json, isLong)) {
            notDouble = Optional.of(json.asText() + " in " + place(row));
        }
    }

    private static boolean isExactInDouble(JsonNode json, boolean isLong) {
        if (isLong) {
            return Math.abs(json.longValue()) <= EXACT_IN_DOUBLE;
        }
        BigDecimal value = json.decimalValue().stripTrailingZeros();
        return value.precision() <= DIGITS_OF_DOUBLE && Double.isFinite(value.doubleValue());
    }

    private Schema number(String path) {
        if (allLong) {
            return Schema.create(Schema.Type.LONG);
        }
        notDouble.ifPresent(place -> {
            throw new InvalidInputException("Field '" + path + "' has numbers that are not integers of 64 bits, and "
                    + place + ", which has more digits than a double holds. Choose a type" + remedy(path));
        });
        return Schema.create(Schema.Type.DOUBLE);
    }

    private void observeElements(JsonNode json, JsonRow row) {
        for (Iterator<JsonNode> elements = json.elements(); elements.hasNext(); ) {
            elements().observe(elements.next(), row);
        }
    }

    private JsonFields fields() {
        if (object.isEmpty()) {
            object = Optional.of(new JsonFields());
        }
        return object.get();
    }

    private JsonShape elements() {
        if (element.isEmpty()) {
            element = Optional.of(new JsonShape());
        }
        return element.get();
    }

    private static String place(JsonRow row) {
        return row.file() + ", line " + row.line();
    }

    private static String remedy(String path) {
        boolean nested = path.indexOf('.') >= 0 || path.indexOf('[') >= 0;
        return nested
                ? " in a schema of the rows, with --schema."
                : ": --type " + path + ":string, say, or a schema of the rows with --schema.";
    }
}
