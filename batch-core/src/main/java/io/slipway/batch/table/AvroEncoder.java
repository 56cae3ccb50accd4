package io.slipway.batch.table;

import io.slipway.batch.EncodeFunction;
import io.slipway.batch.EncodedEmitter;
import io.slipway.batch.format.AvroRow;
import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Encodes records of one schema, some of whose fields make the key and some the value. Thread-safe. */
final class AvroEncoder implements EncodeFunction<AvroRow> {

    private static final long serialVersionUID = 1L;

    private final Schema row;
    private final TableSchemas schemas;
    private final ArrayList<String> keyNames;
    private final DeleteMarker marker;
    private transient volatile ThreadLocal<Buffers> buffers;

    /**
     * An encoder.
     *
     * @param row the schema of the records, which has all fields of key and value
     * @param schemas what to encode to
     * @param keyNames the fields of the key, in the order of the key's fields
     * @param marker what marks deletes; a field of the records
     * @throws InvalidInputException if a key cannot be of these fields' types
     */
    AvroEncoder(Schema row, TableSchemas schemas, List<String> keyNames, DeleteMarker marker) {
        this.row = row;
        this.schemas = schemas;
        this.keyNames = new ArrayList<>(keyNames);
        this.marker = marker;
        newBuffers(); // Refuses what cannot be encoded before anything is read.
    }

    @Override
    public void encode(AvroRow record, EncodedEmitter out) {
        if (buffers == null) {
            buffers = ThreadLocal.withInitial(this::newBuffers);
        }
        try {
            buffers.get().encode(record, out);
        } catch (BadRowException e) {
            out.refuse(() -> e.in(record), e.remedy());
        }
    }

    private Buffers newBuffers() {
        return new Buffers(row, schemas, keyNames, marker);
    }

    /** What one thread encodes with. */
    private static final class Buffers {

        private final KeyCodec keys;
        private final ValueCodec values;
        private final List<String> keyNames;
        private final int[] keyFields;
        private final int[] valueFields;
        private final DeleteMarker marker;
        private final Object[] key;
        private final GenericRecord value;

        Buffers(Schema row, TableSchemas schemas, List<String> keyNames, DeleteMarker marker) {
            this.marker = marker;
            this.keys = KeyCodec.of(schemas.key());
            this.values = ValueCodec.of(schemas.value());
            this.keyNames = keyNames;
            this.keyFields = positions(row, keyNames);
            this.valueFields = positions(row, Fields.names(schemas.value()));
            this.key = new Object[keyFields.length];
            this.value = new GenericData.Record(schemas.value());
        }

        void encode(AvroRow row, EncodedEmitter out) throws BadRowException {
            for (int i = 0; i < key.length; i++) {
                key[i] = row.record().get(keyFields[i]);
                if (key[i] == null) {
                    throw BadRowException.nullKey(keyNames.get(i));
                }
            }
            if (marker.isPresent() && marker.isDeleteField(row.record().get(marker.column()))) {
                byte[] deleted = encodedKey();
                out.emitDelete(deleted, 0, deleted.length);
                return;
            }
            for (int i = 0; i < valueFields.length; i++) {
                value.put(i, row.record().get(valueFields[i]));
            }
            byte[] keyBytes = encodedKey();
            byte[] valueBytes;
            try {
                valueBytes = values.encode(value);
            } catch (InvalidInputException e) {
                throw BadRowException.of(e.getMessage(), "");
            }
            out.emit(keyBytes, valueBytes);
        }

        private byte[] encodedKey() throws BadRowException {
            try {
                return keys.encode(key.length == 1 ? key[0] : Arrays.asList(key));
            } catch (InvalidInputException e) {
                throw BadRowException.of(e.getMessage(), "");
            }
        }

        private static int[] positions(Schema row, List<String> names) {
            return names.stream().mapToInt(name -> row.getField(name).pos()).toArray();
        }
    }
}
