package io.slipway.cli;

import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.key.KeyField;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.value.ValueCodec;
import io.slipway.sst.RecordCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * The records of a version as rows with a column for each field, first those of the key. A row is Avro binary of the row
 * schema, which is what the key's fields have, followed by the value as it is stored: a record's binary form is that of
 * its fields one after the other. Not thread-safe.
 */
final class ExportedRows {

    private final KeyCodec keys;
    private final ValueCodec keyValues;
    private final GenericRecord key;
    private final Schema schema;

    /**
     * Rows of a version.
     *
     * @param keyNames names for the key's columns, or none for those that its fields have
     * @throws InvalidInputException if two columns would have one name
     */
    ExportedRows(Manifest manifest, List<String> keyNames) {
        this.keys = KeyCodec.of(manifest.keySchema());
        List<String> names =
                keyNames.isEmpty() ? keys.fields().stream().map(KeyField::name).toList() : keyNames;
        if (names.size() != keys.fields().size()) {
            throw new InvalidInputException("The key has " + keys.fields().size() + " fields, and " + names.size()
                    + " names were given for them: " + String.join(", ", names) + ". Give one for each.");
        }
        List<Schema.Field> keyFields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            keyFields.add(new Schema.Field(names.get(i), keys.fields().get(i).schema()));
        }
        Schema keySchema = record("ExportedKey", keyFields);
        this.key = new GenericData.Record(keySchema);
        this.keyValues = ValueCodec.of(keySchema);
        this.schema = record("ExportedRow", columns(keyFields, manifest.valueSchema()));
    }

    /** The schema of the rows. */
    Schema schema() {
        return schema;
    }

    /** The row of the record that a cursor is at. */
    byte[] row(RecordCursor record) {
        List<Object> fields = keys.decode(record.copyKey());
        for (int i = 0; i < fields.size(); i++) {
            key.put(i, fields.get(i));
        }
        byte[] first = keyValues.encode(key);
        byte[] row = Arrays.copyOf(first, first.length + record.valueLength());
        System.arraycopy(record.value(), 0, row, first.length, record.valueLength());
        return row;
    }

    private static List<Schema.Field> columns(List<Schema.Field> keyFields, Schema value) {
        List<Schema.Field> columns = new ArrayList<>();
        keyFields.forEach(field -> columns.add(new Schema.Field(field, field.schema())));
        if (value.getType() == Schema.Type.RECORD) {
            value.getFields().forEach(field -> columns.add(new Schema.Field(field, field.schema())));
        } else {
            columns.add(new Schema.Field("value", value));
        }
        Set<String> names = new HashSet<>();
        for (Schema.Field column : columns) {
            if (!names.add(column.name())) {
                throw new InvalidInputException("Key and value both have a field '" + column.name()
                        + "', and columns need names of their own. Name the key's with --key.");
            }
        }
        return columns;
    }

    private static Schema record(String name, List<Schema.Field> fields) {
        return Schema.createRecord(name, null, "slipway.export", false, fields);
    }
}
