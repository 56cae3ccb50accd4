package io.slipway.sst;

import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.value.ValueCodec;
import io.slipway.sst.diff.FieldChange;
import io.slipway.sst.diff.FieldChange.Presence;
import io.slipway.sst.diff.RecordChange;
import io.slipway.sst.diff.RecordChange.Kind;
import io.slipway.sst.diff.VersionDiff;
import io.slipway.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Versions as plain maps, to say what a comparison of them has to find. */
final class DiffModel {

    /** Schemas of the same four fields: all, fewer, in another order and of wider types, and with nulls. */
    static final List<Schema> SCHEMAS = List.of(
            schema("count long", "score ?double", "text string"),
            schema("count long", "score ?double", "text string", "extra string"),
            schema("count long", "score ?double"),
            schema("text string", "count double", "score ?double"),
            schema("count ?long", "score ?double", "text string"),
            schema("extra string"));

    private static final KeyCodec KEYS = KeyCodec.of(SampleRecords.TEXT_KEY);

    private DiffModel() {}

    /**
     * A version.
     *
     * @param records fields by key
     * @param schema which of the fields it has, and their types
     */
    record Side(SortedMap<String, Map<String, Object>> records, Schema schema) {

        static Side random(Random random, int count, Schema schema) {
            SortedMap<String, Map<String, Object>> records = new TreeMap<>();
            while (records.size() < count) {
                records.put(Integer.toString(random.nextInt(10 * count), 36), fields(random));
            }
            return new Side(records, schema);
        }

        /** A version that has these shares of its keys removed, added and changed. */
        Side changed(Random random, double removed, double added, double changed, Schema newSchema) {
            SortedMap<String, Map<String, Object>> next = new TreeMap<>();
            records.forEach((key, fields) -> {
                if (random.nextDouble() >= removed) {
                    next.put(key, random.nextDouble() < changed ? fields(random) : fields);
                }
                if (random.nextDouble() < added) {
                    next.put(key + "+", fields(random));
                }
            });
            return new Side(next, newSchema);
        }

        SortedMap<byte[], byte[]> encoded() {
            SortedMap<byte[], byte[]> encoded = new TreeMap<>(Arrays::compareUnsigned);
            ValueCodec values = ValueCodec.of(schema);
            records.forEach((key, fields) -> encoded.put(KEYS.encode(key), values.encode(datum(fields))));
            return encoded;
        }

        private GenericRecord datum(Map<String, Object> fields) {
            GenericRecord datum = new GenericData.Record(schema);
            for (Schema.Field field : schema.getFields()) {
                Object value = fields.get(field.name());
                boolean isDouble = field.schema().getType() == Schema.Type.DOUBLE;
                datum.put(field.name(), isDouble ? (Object) ((Number) value).doubleValue() : value);
            }
            return datum;
        }

        private static Map<String, Object> fields(Random random) {
            Map<String, Object> fields = new TreeMap<>();
            fields.put("count", (long) random.nextInt(3));
            fields.put("score", random.nextBoolean() ? null : random.nextInt(2) / 2.0);
            fields.put("text", "text ".repeat(random.nextInt(3)));
            fields.put("extra", String.valueOf(random.nextInt(2)));
            return fields;
        }
    }

    /** All changes, by key, as texts. */
    static List<String> changes(Side older, Side newer) {
        SortedMap<byte[], byte[]> before = older.encoded();
        SortedMap<byte[], byte[]> after = newer.encoded();
        List<String> changes = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(older.records().keySet());
        keys.addAll(newer.records().keySet());
        for (String key : keys) {
            byte[] encoded = KEYS.encode(key);
            if (!newer.records().containsKey(key)) {
                changes.add(text(Kind.REMOVED, encoded, before.get(encoded), null));
            } else if (!older.records().containsKey(key)) {
                changes.add(text(Kind.ADDED, encoded, null, after.get(encoded)));
            } else if (isChanged(older, newer, key)) {
                changes.add(text(Kind.CHANGED, encoded, before.get(encoded), after.get(encoded)));
            }
        }
        return changes;
    }

    static String text(RecordChange change) {
        return text(
                change.kind(),
                change.key(),
                change.older().orElse(null),
                change.newer().orElse(null));
    }

    /** What a comparison has to give, but for what was read. */
    static VersionDiff diff(Side older, Side newer, VersionDiff found) {
        List<String> changes = changes(older, newer);
        long removed = count(changes, Kind.REMOVED);
        long changed = count(changes, Kind.CHANGED);
        Manifest left = found.older();
        Manifest right = found.newer();
        return new VersionDiff(
                left,
                right,
                older.records().size() - removed - changed,
                count(changes, Kind.ADDED),
                removed,
                changed,
                fields(older, newer),
                found.examples(),
                found.partitionsRead());
    }

    /** The first changes of each kind. */
    static List<String> examples(List<String> changes, int most) {
        List<String> examples = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            changes.stream()
                    .filter(change -> change.startsWith(kind.label()))
                    .limit(most)
                    .forEach(examples::add);
        }
        return examples;
    }

    private static List<FieldChange> fields(Side older, Side newer) {
        List<FieldChange> fields = new ArrayList<>();
        for (Schema.Field field : newer.schema().getFields()) {
            Schema.Field other = older.schema().getField(field.name());
            if (other == null) {
                fields.add(new FieldChange(field.name(), Presence.ADDED, 0));
            } else {
                fields.add(new FieldChange(
                        field.name(),
                        other.schema().equals(field.schema()) ? Presence.BOTH : Presence.RETYPED,
                        older.records().keySet().stream()
                                .filter(key -> newer.records().containsKey(key))
                                .filter(key -> differs(older, newer, key, field.name()))
                                .count()));
            }
        }
        for (Schema.Field field : older.schema().getFields()) {
            if (newer.schema().getField(field.name()) == null) {
                fields.add(new FieldChange(field.name(), Presence.REMOVED, 0));
            }
        }
        return fields;
    }

    private static boolean isChanged(Side older, Side newer, String key) {
        List<String> common = newer.schema().getFields().stream()
                .map(Schema.Field::name)
                .filter(name -> older.schema().getField(name) != null)
                .toList();
        return common.isEmpty() || common.stream().anyMatch(name -> differs(older, newer, key, name));
    }

    private static boolean differs(Side older, Side newer, String key, String field) {
        return !Objects.equals(
                older.records().get(key).get(field), newer.records().get(key).get(field));
    }

    private static long count(List<String> changes, Kind kind) {
        return changes.stream()
                .filter(change -> change.startsWith(kind.label()))
                .count();
    }

    private static String text(Kind kind, byte[] key, byte[] older, byte[] newer) {
        return kind.label() + " " + hex(key) + ": " + hex(older) + " → " + hex(newer);
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? "none" : HexFormat.of().formatHex(bytes);
    }

    private static Schema schema(String... fields) {
        StringBuilder json = new StringBuilder("{\"type\":\"record\",\"name\":\"V\",\"fields\":[");
        for (String field : fields) {
            String[] parts = field.split(" ");
            String type =
                    parts[1].startsWith("?") ? "[\"null\",\"" + parts[1].substring(1) + "\"]" : "\"" + parts[1] + "\"";
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
                    .append("{\"name\":\"")
                    .append(parts[0])
                    .append("\",\"type\":")
                    .append(type)
                    .append('}');
        }
        return new Schema.Parser().parse(json.append("]}").toString());
    }
}
