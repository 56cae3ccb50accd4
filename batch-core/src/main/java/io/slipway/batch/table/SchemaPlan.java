package io.slipway.batch.table;

import io.slipway.batch.table.TableSchemas.Origin;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;

/** Puts the schemas of keys and values together, of what a table's caller wants and what is known. Immutable. */
final class SchemaPlan {

    private static final String KEY = "Key";
    private static final String VALUE = "Value";

    private final DatasetName dataset;
    private final TableSpec spec;

    SchemaPlan(DatasetName dataset, TableSpec spec) {
        this.dataset = dataset;
        this.spec = spec;
    }

    /** The full name of the value record, in which the names of nested ones begin. */
    String valueName() {
        return AvroNames.namespace(dataset) + "." + VALUE;
    }

    /** The schemas of the row schema that the caller gave. */
    TableSchemas given(Schema row) {
        Function<String, Schema.Field> field =
                name -> Optional.ofNullable(row.getField(name)).orElseThrow(() -> noField(name, row));
        return new TableSchemas(
                key(name -> field.apply(name).schema()),
                record(
                        VALUE,
                        valueNames(Fields.names(row)).stream()
                                .map(field)
                                .map(found -> new Schema.Field(found, found.schema()))
                                .toList()),
                Origin.GIVEN,
                Set.of());
    }

    /**
     * The schemas of the input's own schema.
     *
     * @throws InvalidInputException if it lacks a field, or its names clash with those of the dataset's own records
     */
    TableSchemas own(Schema row) {
        TableSchemas same = given(row);
        Schema key = spec.key().size() == 1 ? Fields.withoutNull(same.key()) : same.key();
        for (Schema schema : List.of(key, same.value())) {
            if (!new Schema.Parser().parse(schema.toString()).equals(schema)) {
                throw new InvalidInputException("The schema of the input has a type whose name is also that of another"
                        + " one, such as " + valueName() + ". Rename it, or publish another dataset.");
            }
        }
        return new TableSchemas(key, same.value(), Origin.INPUT, Set.of());
    }

    /**
     * The schemas of what was found in the input.
     *
     * @param names all columns, in order
     * @param typeOf the type that was found for a column, with null if it may be
     * @param nullable whether a column has a null
     */
    TableSchemas inferred(List<String> names, Function<String, Schema> typeOf, Function<String, Boolean> nullable) {
        Function<String, Schema> chosen =
                name -> spec.types().containsKey(name) ? spec.types().get(name).schema() : typeOf.apply(name);
        List<Schema.Field> value = valueNames(names).stream()
                .map(name -> Fields.of(
                        name, nullable.apply(name) ? Fields.optional(chosen.apply(name)) : chosen.apply(name)))
                .toList();
        return new TableSchemas(
                key(chosen), record(VALUE, value), Origin.INFERRED, spec.types().keySet());
    }

    /**
     * The schemas of the current version, with the types that the caller chose for single columns.
     *
     * @throws InvalidInputException if the caller's columns are not those of the current version
     */
    TableSchemas current(TableSchemas current) {
        checkKey(current.key());
        checkValue(current.value());
        return new TableSchemas(
                retypedKey(current.key()),
                retyped(current.value()),
                Origin.CURRENT,
                spec.types().keySet());
    }

    private Schema key(Function<String, Schema> typeOf) {
        if (spec.key().size() == 1) {
            return typeOf.apply(spec.key().get(0));
        }
        return record(
                KEY,
                spec.key().stream()
                        .map(name -> new Schema.Field(name, typeOf.apply(name)))
                        .toList());
    }

    private List<String> valueNames(List<String> all) {
        return spec.value().isEmpty()
                ? all.stream()
                        .filter(name -> !spec.key().contains(name)
                                && !spec.marker().column().equals(name))
                        .toList()
                : spec.value();
    }

    private Schema record(String name, List<Schema.Field> fields) {
        return Schema.createRecord(name, null, AvroNames.namespace(dataset), false, fields);
    }

    private InvalidInputException noField(String name, Schema row) {
        return new InvalidInputException("The schema " + row.getFullName() + " has no field '" + name
                + "', which makes a part of key or value (it has " + String.join(", ", Fields.names(row))
                + "). Add it there, or name other fields.");
    }

    private void checkKey(Schema key) {
        boolean isRecord = key.getType() == Schema.Type.RECORD;
        boolean fits =
                isRecord ? Fields.names(key).equals(spec.key()) : spec.key().size() == 1;
        if (!fits) {
            throw new InvalidInputException("The key of " + dataset + " in the current version is "
                    + (isRecord
                            ? String.join(", ", Fields.names(key))
                            : "a single " + key.getType().getName())
                    + ", and --key names " + String.join(", ", spec.key())
                    + ". Keep the key, or publish another dataset.");
        }
    }

    private void checkValue(Schema value) {
        if (value.getType() != Schema.Type.RECORD) {
            throw new InvalidInputException("The value of " + dataset + " in the current version is of type "
                    + value.getType().getName()
                    + ", not a record of fields. Use --new-schema, or publish another dataset.");
        }
        Set<String> wanted = new HashSet<>(spec.value());
        if (!wanted.isEmpty() && !wanted.equals(new HashSet<>(Fields.names(value)))) {
            throw new InvalidInputException("The fields of " + dataset + " in the current version are "
                    + String.join(", ", Fields.names(value)) + ", and --value names " + String.join(", ", spec.value())
                    + ". Name the same, or use --new-schema.");
        }
    }

    private Schema retypedKey(Schema key) {
        if (key.getType() == Schema.Type.RECORD) {
            return retyped(key);
        }
        String name = spec.key().get(0);
        return spec.types().containsKey(name) ? spec.types().get(name).schema() : key;
    }

    private Schema retyped(Schema record) {
        if (Fields.names(record).stream().noneMatch(spec.types()::containsKey)) {
            return record;
        }
        List<Schema.Field> fields = record.getFields().stream()
                .map(field -> spec.types().containsKey(field.name())
                        ? retyped(field)
                        : new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(record.getName(), record.getDoc(), record.getNamespace(), false, fields);
    }

    private Schema.Field retyped(Schema.Field field) {
        Schema type = spec.types().get(field.name()).schema();
        return Fields.of(field.name(), Fields.isOptional(field.schema()) ? Fields.optional(type) : type);
    }
}
