package io.slipway.batch.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes JSON in the Avro binary of one schema. Thread-safe. */
abstract class JsonWriter {

    /** Writes a value; JSON's null stands for a value that is absent, too. */
    abstract void write(JsonNode json, AvroSink out) throws MisfitException;

    /** A value without parts. */
    static final class Single extends JsonWriter {

        private final Scalar scalar;

        Single(Scalar scalar) {
            this.scalar = scalar;
        }

        @Override
        void write(JsonNode json, AvroSink out) throws MisfitException {
            if (json.isNull()) {
                throw MisfitException.nullOf(scalar.label());
            }
            scalar.json(json, out);
        }
    }

    /** A value or null. */
    static final class Maybe extends JsonWriter {

        private final JsonWriter value;
        private final int nullBranch;

        Maybe(JsonWriter value, int nullBranch) {
            this.value = value;
            this.nullBranch = nullBranch;
        }

        @Override
        void write(JsonNode json, AvroSink out) throws MisfitException {
            if (json.isNull()) {
                out.ofIndex(nullBranch);
                return;
            }
            out.ofIndex(1 - nullBranch);
            value.write(json, out);
        }
    }

    /** An array, in one block. */
    static final class Items extends JsonWriter {

        private final JsonWriter item;

        Items(JsonWriter item) {
            this.item = item;
        }

        @Override
        void write(JsonNode json, AvroSink out) throws MisfitException {
            if (!json.isArray()) {
                throw notOf("array", json);
            }
            if (!json.isEmpty()) {
                out.ofIndex(json.size());
            }
            for (int i = 0; i < json.size(); i++) {
                try {
                    item.write(json.get(i), out);
                } catch (MisfitException e) {
                    throw e.within("[" + i + "]");
                }
            }
            out.ofIndex(0);
        }
    }

    /** A map, in one block and sorted by the UTF-8 bytes of its keys, so that equal maps have equal bytes. */
    static final class Entries extends JsonWriter {

        private final JsonWriter value;

        Entries(JsonWriter value) {
            this.value = value;
        }

        @Override
        void write(JsonNode json, AvroSink out) throws MisfitException {
            if (!json.isObject()) {
                throw notOf("map", json);
            }
            if (!json.isEmpty()) {
                out.ofIndex(json.size());
            }
            Map<byte[], String> sorted = new TreeMap<>(Arrays::compareUnsigned);
            json.fieldNames().forEachRemaining(name -> sorted.put(name.getBytes(StandardCharsets.UTF_8), name));
            for (String name : sorted.values()) {
                out.ofString(name);
                try {
                    value.write(json.get(name), out);
                } catch (MisfitException e) {
                    throw e.within("." + name);
                }
            }
            out.ofIndex(0);
        }
    }

    /** A record. Its fields are set after its creation, since they may be of its own type. */
    static final class Fields extends JsonWriter {

        private final List<String> names;
        private final List<JsonWriter> writers = new ArrayList<>();
        private final JsonSlots slots;

        Fields(List<String> names) {
            this.names = names;
            this.slots = new JsonSlots(names, JsonSlots.Others.REFUSE);
        }

        /** Adds the writer of the next field. */
        void add(JsonWriter writer) {
            writers.add(writer);
        }

        @Override
        void write(JsonNode json, AvroSink out) throws MisfitException {
            if (!(json instanceof ObjectNode object)) {
                throw notOf("record", json);
            }
            JsonNode[] values = slots.newSlots();
            slots.fill(object, values);
            for (int i = 0; i < values.length; i++) {
                try {
                    writers.get(i).write(values[i], out);
                } catch (MisfitException e) {
                    throw e.within("." + names.get(i));
                }
            }
        }
    }

    private static MisfitException notOf(String type, JsonNode json) {
        return json.isNull() ? MisfitException.nullOf(type) : MisfitException.notOf(type, json.toString());
    }
}
