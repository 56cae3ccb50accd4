package io.slipway.batch.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.batch.EncodeFunction;
import io.slipway.batch.EncodedEmitter;
import io.slipway.batch.format.JsonRow;
import io.slipway.batch.type.BinaryOut;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Encodes rows of JSON to what {@link io.slipway.model.key.KeyCodec} and {@link io.slipway.model.value.ValueCodec} would
 * give. Thread-safe: each thread has its own buffers.
 */
final class JsonEncoder implements EncodeFunction<JsonRow> {

    private static final long serialVersionUID = 1L;

    private final TableSchemas schemas;
    private final ArrayList<String> keyNames;
    private final DeleteMarker marker;
    private final JsonSlots.Others others;
    private transient volatile ThreadLocal<Buffers> buffers;

    /**
     * An encoder.
     *
     * @param schemas what to encode to
     * @param keyNames the fields of the key, in the order of the key's fields
     * @param marker what marks deletes
     * @param others what becomes of other fields of the rows
     */
    JsonEncoder(TableSchemas schemas, List<String> keyNames, DeleteMarker marker, JsonSlots.Others others) {
        this.schemas = schemas;
        this.keyNames = new ArrayList<>(keyNames);
        this.marker = marker;
        this.others = others;
        newBuffers(); // Refuses what cannot be encoded before anything is read.
    }

    @Override
    public void encode(JsonRow row, EncodedEmitter out) {
        if (buffers == null) {
            buffers = ThreadLocal.withInitial(this::newBuffers);
        }
        try {
            buffers.get().encode(row, out);
        } catch (BadRowException e) {
            out.refuse(() -> e.in(row), e.remedy());
        }
    }

    private Buffers newBuffers() {
        return new Buffers(schemas, keyNames, marker, others);
    }

    /** What one thread encodes with. */
    private static final class Buffers {

        private final TableSchemas schemas;
        private final List<String> names;
        private final Scalar[] key;
        private final int[] keySlots;
        private final JsonWriter[] value;
        private final int[] valueSlots;
        private final JsonSlots slots;
        private final JsonNode[] nodes;
        private final BinaryOut keyBytes = new BinaryOut();
        private final BinaryOut valueBytes = new BinaryOut();
        private final DeleteMarker marker;
        private final KeySink keySink;
        private final AvroSink valueSink = new AvroSink(valueBytes);

        Buffers(TableSchemas schemas, List<String> keyNames, DeleteMarker marker, JsonSlots.Others others) {
            this.schemas = schemas;
            this.marker = marker;
            Set<String> all = new LinkedHashSet<>(keyNames);
            all.addAll(Fields.names(schemas.value()));
            if (marker.isPresent()) {
                all.add(marker.column());
            }
            this.names = List.copyOf(all);
            this.slots = new JsonSlots(names, others);
            this.nodes = slots.newSlots();
            boolean isRecord = schemas.key().getType() == Schema.Type.RECORD;
            this.key = new Scalar[keyNames.size()];
            this.keySlots = new int[key.length];
            for (int i = 0; i < key.length; i++) {
                Schema type = isRecord ? schemas.key().getFields().get(i).schema() : schemas.key();
                key[i] = Fields.keyScalar(keyNames.get(i), type, schemas);
                keySlots[i] = names.indexOf(keyNames.get(i));
            }
            List<Schema.Field> fields = schemas.value().getFields();
            this.value = new JsonWriter[fields.size()];
            this.valueSlots = new int[value.length];
            for (int i = 0; i < value.length; i++) {
                String name = fields.get(i).name();
                value[i] = new JsonWriters(schemas.reading(name))
                        .of(name, fields.get(i).schema());
                valueSlots[i] = names.indexOf(name);
            }
            this.keySink = new KeySink(keyBytes, isRecord ? KeySink.Place.FIELD : KeySink.Place.WHOLE_KEY);
        }

        void encode(JsonRow row, EncodedEmitter out) throws BadRowException {
            try {
                slots.fill(row.object(), nodes);
            } catch (MisfitException e) {
                throw unknownField(e);
            }
            keyBytes.clear();
            for (int i = 0; i < key.length; i++) {
                encodeKey(i);
            }
            if (marker.isPresent() && marker.isDelete(nodes[names.indexOf(marker.column())])) {
                out.emitDelete(keyBytes.array(), 0, keyBytes.size());
                return;
            }
            valueBytes.clear();
            for (int i = 0; i < value.length; i++) {
                encodeValue(i);
            }
            out.emit(keyBytes.array(), 0, keyBytes.size(), valueBytes.array(), 0, valueBytes.size());
        }

        private void encodeKey(int i) throws BadRowException {
            JsonNode node = nodes[keySlots[i]];
            if (node.isNull()) {
                throw BadRowException.nullKey(names.get(keySlots[i]));
            }
            try {
                key[i].json(node, keySink);
            } catch (MisfitException e) {
                throw BadRowException.misfit(names.get(keySlots[i]), e, schemas);
            }
        }

        private void encodeValue(int i) throws BadRowException {
            try {
                value[i].write(nodes[valueSlots[i]], valueSink);
            } catch (MisfitException e) {
                throw BadRowException.misfit(names.get(valueSlots[i]), e, schemas);
            }
        }

        private BadRowException unknownField(MisfitException e) {
            String name = e.path().isEmpty() ? "" : "field '" + e.path().substring(1) + "' ";
            return BadRowException.of(
                    name + e.getMessage() + " of " + schemas.origin().owner() + ".",
                    "Say with --value which fields to publish, or use --new-schema to find types afresh.");
        }
    }
}
