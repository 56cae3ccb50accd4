package io.slipway.model.canary;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.model.InvalidInputException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/**
 * What a path leads to in values of a schema: through records by field and through maps by key, whichever branches a union
 * on the way has. Immutable.
 */
final class ValuePath {

    private static final Set<String> TEXT_OF_NUMBERS = Set.of(
            "date",
            "time-millis",
            "time-micros",
            "timestamp-millis",
            "timestamp-micros",
            "timestamp-nanos",
            "local-timestamp-millis",
            "local-timestamp-micros",
            "local-timestamp-nanos");

    private final String name;
    private final List<Schema> leaves;

    private ValuePath(String name, List<Schema> leaves) {
        this.name = name;
        this.leaves = leaves;
    }

    /**
     * Follows a path.
     *
     * @throws InvalidInputException if the schema has no such field
     */
    static ValuePath of(List<String> path, Schema schema) {
        ValuePath here = new ValuePath("", branches(schema).toList());
        for (String step : path) {
            here = here.step(step);
        }
        return here;
    }

    private ValuePath step(String step) {
        List<Schema> next = leaves.stream()
                .flatMap(leaf -> inner(leaf, step).stream())
                .flatMap(ValuePath::branches)
                .toList();
        if (next.isEmpty()) {
            throw new InvalidInputException(what() + " has no field '" + step + "'" + offer());
        }
        return new ValuePath(name.isEmpty() ? step : name + "." + step, next);
    }

    private static Optional<Schema> inner(Schema leaf, String step) {
        return switch (leaf.getType()) {
            case RECORD -> Optional.ofNullable(leaf.getField(step)).map(Schema.Field::schema);
            case MAP -> Optional.of(leaf.getValueType());
            default -> Optional.empty();
        };
    }

    private static Stream<Schema> branches(Schema schema) {
        return schema.isUnion() ? schema.getTypes().stream() : Stream.of(schema);
    }

    private String what() {
        return name.isEmpty() ? "the value" : "field '" + name + "'";
    }

    private String offer() {
        String fields = leaves.stream()
                .filter(leaf -> leaf.getType() == Schema.Type.RECORD)
                .flatMap(leaf -> leaf.getFields().stream())
                .map(Schema.Field::name)
                .collect(Collectors.joining(", "));
        return fields.isEmpty() ? ", for it is no record" : "; it has " + fields;
    }

    /**
     * Checks that a value there could be equal to a literal, as far as the kind of JSON goes.
     *
     * @throws InvalidInputException if none could be
     */
    void checkFits(JsonNode literal) {
        Set<String> kinds = leaves.stream().map(ValuePath::kind).collect(Collectors.toCollection(LinkedHashSet::new));
        String given = kind(literal);
        if (!given.equals("null") && !kinds.contains(given)) {
            throw new InvalidInputException(
                    what() + " is " + String.join(" or ", kinds) + " in JSON, and " + literal + " is " + given);
        }
    }

    private static String kind(JsonNode literal) {
        return switch (literal.getNodeType()) {
            case NUMBER -> "a number";
            case STRING -> "text";
            case BOOLEAN -> "true or false";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            default -> "null";
        };
    }

    /** The kind of JSON that readers get of a schema's values ({@link io.slipway.model.value.ValueJson}). */
    private static String kind(Schema schema) {
        String logicalType = Optional.ofNullable(schema.getLogicalType())
                .map(LogicalType::getName)
                .orElse("");
        return switch (schema.getType()) {
            case INT, LONG -> TEXT_OF_NUMBERS.contains(logicalType) ? "text" : "a number";
            case FLOAT, DOUBLE -> "a number";
            case STRING, ENUM -> "text";
            case BYTES, FIXED -> logicalType.equals("decimal") ? "a number" : "text";
            case BOOLEAN -> "true or false";
            case RECORD, MAP -> "an object";
            case ARRAY -> "an array";
            case NULL, UNION -> "null";
        };
    }
}
