package io.slipway.batch.type;

import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueCodec;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Avro's generic records of a schema. */
final class GenericType extends Type<GenericRecord> {

    private final ValueCodec values;

    GenericType(Schema schema) {
        super(requireRecord(schema));
        this.values = ValueCodec.of(schema);
    }

    @Override
    public void write(GenericRecord value, BinaryOut out) {
        byte[] bytes = values.encode(value);
        out.writeRaw(bytes, 0, bytes.length);
    }

    @Override
    public GenericRecord read(BinaryIn in) {
        return (GenericRecord) values.decode(in.readRest());
    }

    @Override
    public void writeKey(GenericRecord value, BinaryOut out) {
        byte[] bytes = KeyCodec.of(schema()).encode(value);
        out.writeRaw(bytes, 0, bytes.length);
    }

    @Override
    public GenericRecord readKey(byte[] key) {
        List<Object> fields = KeyCodec.of(schema()).decode(key);
        GenericRecord value = new GenericData.Record(schema());
        for (int i = 0; i < fields.size(); i++) {
            value.put(i, fields.get(i));
        }
        return value;
    }

    private static Schema requireRecord(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new InvalidInputException("The schema " + schema + " is not of a record. Give a record schema.");
        }
        return schema;
    }
}
