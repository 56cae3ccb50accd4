package io.slipway.batch.table;

import io.slipway.batch.EncodeFunction;
import io.slipway.batch.EncodedEmitter;
import io.slipway.batch.format.CsvRow;
import io.slipway.batch.type.BinaryOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Encodes rows of CSV, straight from their texts, to what {@link io.slipway.model.key.KeyCodec} and {@link
 * io.slipway.model.value.ValueCodec} would give. Thread-safe: each thread has its own buffers.
 */
final class CsvEncoder implements EncodeFunction<CsvRow> {

    private static final long serialVersionUID = 1L;

    private final TableSchemas schemas;
    private final ArrayList<String> keyNames;
    private final DeleteMarker marker;
    private transient volatile ThreadLocal<Buffers> buffers;

    /**
     * An encoder.
     *
     * @param schemas what to encode to
     * @param keyNames the columns of the key, in the order of its fields
     * @param marker what marks deletes
     */
    CsvEncoder(TableSchemas schemas, List<String> keyNames, DeleteMarker marker) {
        this.schemas = schemas;
        this.keyNames = new ArrayList<>(keyNames);
        this.marker = marker;
        newBuffers(); // Refuses what cannot be encoded before anything is read.
    }

    @Override
    public void encode(CsvRow row, EncodedEmitter out) {
        if (buffers == null) {
            buffers = ThreadLocal.withInitial(this::newBuffers);
        }
        try {
            buffers.get().encode(row, out);
        } catch (BadRowException e) {
            out.refuse(() -> row.bad(e.getMessage()), e.remedy());
        }
    }

    private Buffers newBuffers() {
        return new Buffers(schemas, keyNames, marker);
    }

    /** What one thread encodes with. */
    private static final class Buffers {

        private final TableSchemas schemas;
        private final CsvColumn[] key;
        private final CsvColumn[] value;
        private final int[] keyColumns;
        private final int[] valueColumns;
        private final BinaryOut keyBytes = new BinaryOut();
        private final BinaryOut valueBytes = new BinaryOut();
        private final DeleteMarker marker;
        private final KeySink keySink;
        private final AvroSink valueSink = new AvroSink(valueBytes);
        private Optional<List<String>> header = Optional.empty();
        private int markerColumn;

        Buffers(TableSchemas schemas, List<String> keyNames, DeleteMarker marker) {
            this.schemas = schemas;
            this.marker = marker;
            boolean isRecord = schemas.key().getType() == Schema.Type.RECORD;
            this.key = new CsvColumn[keyNames.size()];
            for (int i = 0; i < key.length; i++) {
                Schema type = isRecord ? schemas.key().getFields().get(i).schema() : schemas.key();
                key[i] = CsvColumn.ofKey(keyNames.get(i), type, schemas);
            }
            this.value = schemas.value().getFields().stream()
                    .map(field -> CsvColumn.ofValue(field, schemas))
                    .toArray(CsvColumn[]::new);
            this.keyColumns = new int[key.length];
            this.valueColumns = new int[value.length];
            this.keySink = new KeySink(keyBytes, isRecord ? KeySink.Place.FIELD : KeySink.Place.WHOLE_KEY);
        }

        void encode(CsvRow row, EncodedEmitter out) throws BadRowException {
            bind(row);
            keyBytes.clear();
            for (int i = 0; i < key.length; i++) {
                encodeKey(row, i);
            }
            if (isDelete(row)) {
                out.emitDelete(keyBytes.array(), 0, keyBytes.size());
                return;
            }
            valueBytes.clear();
            for (int i = 0; i < value.length; i++) {
                encodeValue(row, i);
            }
            out.emit(keyBytes.array(), 0, keyBytes.size(), valueBytes.array(), 0, valueBytes.size());
        }

        private boolean isDelete(CsvRow row) throws BadRowException {
            return marker.isPresent() && !row.isNull(markerColumn) && marker.isDelete(row.text(markerColumn));
        }

        /** Finds the columns in the row's header, which all rows of a file share. */
        @SuppressWarnings("ReferenceEquality")
        private void bind(CsvRow row) {
            if (header.isPresent() && header.get() == row.header()) {
                return;
            }
            CsvHeader columns = CsvHeader.of(row.file(), row.header());
            for (int i = 0; i < key.length; i++) {
                keyColumns[i] = columns.indexOf(key[i].name());
            }
            for (int i = 0; i < value.length; i++) {
                valueColumns[i] = columns.indexOf(value[i].name());
            }
            markerColumn = marker.isPresent() ? columns.indexOf(marker.column()) : 0;
            header = Optional.of(row.header());
        }

        private void encodeKey(CsvRow row, int i) throws BadRowException {
            if (row.isNull(keyColumns[i])) {
                throw BadRowException.nullKey(key[i].name());
            }
            try {
                key[i].writeKey(row.text(keyColumns[i]), keySink);
            } catch (MisfitException e) {
                throw BadRowException.misfit(key[i].name(), e, schemas);
            }
        }

        private void encodeValue(CsvRow row, int i) throws BadRowException {
            int column = valueColumns[i];
            try {
                if (row.isNull(column)) {
                    value[i].writeNull(valueSink);
                } else {
                    value[i].write(row.text(column), valueSink);
                }
            } catch (MisfitException e) {
                throw BadRowException.misfit(value[i].name(), e, schemas);
            }
        }
    }
}
