package io.slipway.batch.format;

import io.slipway.batch.type.ListType;
import io.slipway.batch.type.MapType;
import io.slipway.batch.type.OptionalType;
import io.slipway.batch.type.RecordType;
import io.slipway.batch.type.ScalarType;
import io.slipway.batch.type.Type;
import io.slipway.batch.type.WrittenAsType;
import io.slipway.model.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Makes Java records of Avro's, by the names of their fields. What does not fit together is found when it is compiled,
 * before anything is read. Stateless.
 */
final class AvroBinder {

    private AvroBinder() {}

    /** Makes a Java value of one of Avro's. */
    interface Reader {

        Object read(Object avro) throws BadValueException;
    }

    /**
     * The reader of a schema's values.
     *
     * @throws InvalidInputException if a component has no field, or one of a type that does not fit
     */
    static Reader of(Type<?> type, Schema schema) {
        return notNull(type, schema, "");
    }

    private static Reader record(RecordType<?> type, Schema schema, String path) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw misfit(path, schema, "a record");
        }
        int count = type.names().size();
        int[] positions = new int[count];
        Reader[] readers = new Reader[count];
        for (int i = 0; i < count; i++) {
            String name = type.names().get(i);
            String place = path.isEmpty() ? name : path + "." + name;
            Schema.Field field = schema.getField(name);
            positions[i] = field == null ? -1 : field.pos();
            readers[i] = field == null
                    ? absent(type.types().get(i), place, schema)
                    : of(type.types().get(i), field.schema(), place);
        }
        return avro -> {
            IndexedRecord record = (IndexedRecord) avro;
            Object[] values = new Object[count];
            for (int i = 0; i < count; i++) {
                values[i] = readers[i].read(positions[i] < 0 ? null : record.get(positions[i]));
            }
            return type.create(values);
        };
    }

    private static Reader absent(Type<?> type, String place, Schema record) {
        if (type instanceof OptionalType<?>) {
            return avro -> Optional.empty();
        }
        throw new InvalidInputException("The input has no field '" + place + "' (" + record.getFullName() + " has "
                + String.join(
                        ", ",
                        record.getFields().stream().map(Schema.Field::name).toList())
                + "). Name the record's components as the fields, or make it an Optional.");
    }

    private static Reader of(Type<?> type, Schema schema, String place) {
        if (type instanceof OptionalType<?> optional) {
            Reader value = notNull(optional.value(), schema, place);
            return avro -> avro == null ? Optional.empty() : Optional.of(value.read(avro));
        }
        Reader value = notNull(type, schema, place);
        return avro -> {
            if (avro == null) {
                throw new BadValueException("field " + place + " is null. Make the component an Optional.", null);
            }
            return value.read(avro);
        };
    }

    private static Reader notNull(Type<?> type, Schema schema, String place) {
        Schema value = withoutNull(schema, place);
        if (type instanceof RecordType<?> record) {
            return record(record, value, place);
        }
        if (type instanceof WrittenAsType<?, ?> written) {
            Reader record = notNull(written.record(), schema, place);
            return avro -> written.of(record.read(avro));
        }
        if (type instanceof ListType<?> list) {
            return list(list, value, place);
        }
        if (type instanceof MapType<?> map) {
            return map(map, value, place);
        }
        if (type instanceof ScalarType<?> scalar) {
            return AvroScalars.of(scalar, value, place).orElseThrow(() -> misfit(place, value, scalar.expected()));
        }
        throw misfit(place, value, type.toString());
    }

    private static Reader list(ListType<?> list, Schema schema, String place) {
        if (schema.getType() != Schema.Type.ARRAY) {
            throw misfit(place, schema, "an array");
        }
        Reader element = of(list.element(), schema.getElementType(), place + "[]");
        return avro -> {
            List<Object> values = new ArrayList<>();
            for (Object one : (Collection<?>) avro) {
                values.add(element.read(one));
            }
            return values;
        };
    }

    private static Reader map(MapType<?> map, Schema schema, String place) {
        if (schema.getType() != Schema.Type.MAP) {
            throw misfit(place, schema, "a map");
        }
        Reader value = of(map.value(), schema.getValueType(), place + "{}");
        return avro -> {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) avro).entrySet()) {
                values.put(entry.getKey().toString(), value.read(entry.getValue()));
            }
            return values;
        };
    }

    private static Schema withoutNull(Schema schema, String place) {
        if (!schema.isUnion()) {
            return schema;
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(one -> one.getType() != Schema.Type.NULL)
                .toList();
        if (others.size() != 1) {
            throw misfit(place, schema, "of one type, or null");
        }
        return others.get(0);
    }

    private static InvalidInputException misfit(String place, Schema schema, String expected) {
        return new InvalidInputException(
                "Field '" + place + "' of the input is of type " + schema + ", and the record's component should be "
                        + expected + ". Change the component, or map generic records.");
    }
}
