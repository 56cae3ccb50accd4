package io.slipway.model.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.IndexedRecord;

/** The encoders of what contains other data: arrays, maps, unions and records. */
final class EncodeContainers {

    private EncodeContainers() {}

    /** An array, in one block. */
    static final class Items extends EncodeStep {
        private final EncodeStep item;

        Items(EncodeStep item) {
            this.item = item;
        }

        @Override
        void encode(Object datum, BinaryBuffer out) {
            if (!(datum instanceof Collection<?> items)) {
                throw MismatchException.notOf("array", datum);
            }
            out.enter(items.size());
            if (!items.isEmpty()) {
                out.writeLong(items.size());
                int index = 0;
                for (Object element : items) {
                    encodeItem(element, index++, out);
                }
            }
            out.writeByte(0);
            out.leave();
        }

        private void encodeItem(Object element, int index, BinaryBuffer out) {
            try {
                item.encode(element, out);
            } catch (MismatchException e) {
                throw e.within("[" + index + "]");
            }
        }

        @Override
        boolean isExact(Object datum) {
            return datum instanceof Collection;
        }
    }

    /** A map, in one block and sorted by the UTF-8 bytes of its keys, so that equal maps have equal bytes. */
    static final class Entries extends EncodeStep {
        private static final Comparator<Entry> ORDER = (a, b) -> Arrays.compareUnsigned(a.key, b.key);

        private final EncodeStep value;

        Entries(EncodeStep value) {
            this.value = value;
        }

        private static final class Entry {
            private final byte[] key;
            private final Object value;

            Entry(byte[] key, Object value) {
                this.key = key;
                this.value = value;
            }
        }

        @Override
        void encode(Object datum, BinaryBuffer out) {
            if (!(datum instanceof Map<?, ?> map)) {
                throw MismatchException.notOf("map", datum);
            }
            out.enter(map.size());
            if (!map.isEmpty()) {
                out.writeLong(map.size());
                byte[] previous = null;
                for (Entry entry : sorted(map)) {
                    if (Arrays.equals(previous, entry.key)) {
                        throw new MismatchException("has two entries of one key. Give each key once.")
                                .within(step(entry));
                    }
                    previous = entry.key;
                    encodeEntry(entry, out);
                }
            }
            out.writeByte(0);
            out.leave();
        }

        private void encodeEntry(Entry entry, BinaryBuffer out) {
            out.writeSized(entry.key, 0, entry.key.length);
            try {
                value.encode(entry.value, out);
            } catch (MismatchException e) {
                throw e.within(step(entry));
            }
        }

        private static Entry[] sorted(Map<?, ?> map) {
            Entry[] entries = new Entry[map.size()];
            int count = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!(entry.getKey() instanceof CharSequence key)) {
                    throw MismatchException.notOf("map with string keys", entry.getKey());
                }
                entries[count++] = new Entry(Utf8Text.bytes(key), entry.getValue());
            }
            Arrays.sort(entries, ORDER);
            return entries;
        }

        private static String step(Entry entry) {
            return "[" + Utf8Text.text(entry.key) + "]";
        }

        @Override
        boolean isExact(Object datum) {
            return datum instanceof Map;
        }
    }

    /** A union: the first branch whose own Java type the datum has, else the first that it widens to. */
    static final class Union extends EncodeStep {
        private final String type;
        private final EncodeStep[] branches;
        private final int nullBranch;
        private final int onlyOther;

        Union(Schema schema, EncodeStep[] branches) {
            this.type = schema.toString();
            this.branches = branches;
            this.nullBranch = schema.isNullable() ? schema.getIndexNamed("null") : -1;
            this.onlyOther = nullBranch >= 0 && branches.length == 2 ? 1 - nullBranch : -1;
        }

        @Override
        void encode(Object datum, BinaryBuffer out) {
            int branch = branchOf(datum);
            if (branch < 0) {
                throw MismatchException.notOf(type, datum);
            }
            out.writeLong(branch);
            branches[branch].encode(datum, out);
        }

        private int branchOf(Object datum) {
            if (datum == null) {
                return nullBranch;
            }
            if (onlyOther >= 0) {
                return onlyOther;
            }
            for (int i = 0; i < branches.length; i++) {
                if (branches[i].isExact(datum)) {
                    return i;
                }
            }
            for (int i = 0; i < branches.length; i++) {
                if (branches[i].isAcceptable(datum)) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        boolean isExact(Object datum) {
            return branchOf(datum) >= 0;
        }
    }

    /** A record: of the schema itself, or of one with the same name, fields and types. */
    static final class Fields extends EncodeStep {
        private final Schema schema;
        private final EncodeStep[] fields;

        /** The schema that was last found to be the same as ours: a cache that any thread may overwrite. */
        private volatile Schema known;

        Fields(Schema schema, EncodeStep[] fields) {
            this.schema = schema;
            this.fields = fields;
            this.known = schema;
        }

        @Override
        void encode(Object datum, BinaryBuffer out) {
            if (!(datum instanceof IndexedRecord record) || !isSame(record.getSchema())) {
                throw MismatchException.notOf("record " + schema.getFullName(), datum);
            }
            out.enter(0);
            for (int i = 0; i < fields.length; i++) {
                encodeField(record.get(i), i, out);
            }
            out.leave();
        }

        private void encodeField(Object datum, int i, BinaryBuffer out) {
            try {
                fields[i].encode(datum, out);
            } catch (MismatchException e) {
                throw e.within("." + schema.getFields().get(i).name());
            }
        }

        @SuppressWarnings("ReferenceEquality") // Nearly every record has this very schema; equality is looked at below.
        private boolean isSame(Schema other) {
            if (other == schema || other == known) {
                return true;
            }
            boolean same = SchemaNormalization.toParsingForm(other).equals(SchemaNormalization.toParsingForm(schema));
            if (same) {
                known = other;
            }
            return same;
        }

        @Override
        boolean isExact(Object datum) {
            return datum instanceof IndexedRecord record && isSame(record.getSchema());
        }
    }
}
