package io.slipway.batch.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.batch.type.ArrayType;
import io.slipway.batch.type.ListType;
import io.slipway.batch.type.MapType;
import io.slipway.batch.type.OptionalType;
import io.slipway.batch.type.RecordType;
import io.slipway.batch.type.ScalarType;
import io.slipway.batch.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** Makes Java values of JSON. */
final class JsonBinder {

    /** Numbers that JSON has not, which are written as texts. */
    private static final Set<String> NO_JSON_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    private JsonBinder() {}

    /** A record of an object. */
    static <T> T bind(RecordType<T> type, JsonNode object) throws BadValueException {
        Object[] values = new Object[type.names().size()];
        for (int i = 0; i < values.length; i++) {
            String name = type.names().get(i);
            values[i] = value(type.types().get(i), object.path(name), name);
        }
        return type.create(values);
    }

    private static Object value(Type<?> type, JsonNode json, String name) throws BadValueException {
        boolean absent = json.isMissingNode() || json.isNull();
        if (type instanceof OptionalType<?> optional) {
            return absent ? Optional.empty() : Optional.of(value(optional.value(), json, name));
        }
        if (absent) {
            throw new BadValueException("field " + name + " is missing or null.", null);
        }
        if (type instanceof ScalarType<?> scalar) {
            return scalar(scalar, json, name);
        }
        if (type instanceof ListType<?> list && json.isArray()) {
            List<Object> values = new ArrayList<>();
            for (JsonNode element : json) {
                values.add(value(list.element(), element, name));
            }
            return values;
        }
        if (type instanceof ArrayType<?> array && json.isArray()) {
            return array(array, json, name);
        }
        if (type instanceof MapType<?> map && json.isObject()) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : json.properties()) {
                values.put(entry.getKey(), value(map.value(), entry.getValue(), name));
            }
            return values;
        }
        if (type instanceof RecordType<?> record && json.isObject()) {
            return bind(record, json);
        }
        throw misfit(name, json, type.schema().getType().getName(), null);
    }

    private static Object array(ArrayType<?> type, JsonNode json, String name) throws BadValueException {
        List<Object> values = new ArrayList<>();
        for (JsonNode element : json) {
            values.add(value(type.element(), element, name));
        }
        return type.ofValues(values);
    }

    private static Object scalar(ScalarType<?> scalar, JsonNode json, String name) throws BadValueException {
        try {
            if (fits(scalar.schema(), json)) {
                return scalar.parse(json.asText());
            }
        } catch (IllegalArgumentException e) {
            throw misfit(name, json, scalar.expected(), e);
        }
        throw misfit(name, json, scalar.expected(), null);
    }

    private static boolean fits(Schema schema, JsonNode json) {
        if (schema.getLogicalType() != null || json instanceof FolderText) {
            return json.isTextual();
        }
        return switch (schema.getType()) {
            case BOOLEAN -> json.isBoolean();
            case INT, LONG -> json.isNumber();
            case FLOAT, DOUBLE -> json.isNumber() || NO_JSON_NUMBERS.contains(json.asText());
            default -> json.isTextual();
        };
    }

    private static BadValueException misfit(String name, JsonNode json, String expected, Throwable cause) {
        return new BadValueException("field " + name + " is " + json + " and should be " + expected + ".", cause);
    }
}
