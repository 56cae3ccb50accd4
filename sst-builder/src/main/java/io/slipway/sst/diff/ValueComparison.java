package io.slipway.sst.diff;

import io.slipway.model.value.ValueFields;
import io.slipway.sst.RecordCursor;
import io.slipway.sst.diff.FieldChange.Presence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Compares the values of a key in two versions field by field, by name, and counts for each field how often it differs.
 * Values differ if a field differs that both have, or if they have none in common. Not thread-safe.
 */
public final class ValueComparison {

    private final ValueFields olderFields;
    private final ValueFields newerFields;
    private final int[] olderBounds;
    private final int[] newerBounds;
    private final boolean isSameLayout;
    private final List<Pair> pairs = new ArrayList<>();
    private final long[] changed;

    /** A field that both versions have, by its places in them. */
    private record Pair(int older, int newer, Presence presence, FieldEquality equality) {

        static Pair of(int older, Schema olderSchema, int newer, Schema newerSchema) {
            Presence presence = olderSchema.equals(newerSchema) ? Presence.BOTH : Presence.RETYPED;
            return new Pair(older, newer, presence, FieldEquality.of(olderSchema, newerSchema));
        }
    }

    /** A comparison of values of two schemas. */
    public ValueComparison(Schema older, Schema newer) {
        this.olderFields = ValueFields.of(older);
        this.newerFields = ValueFields.of(newer);
        this.olderBounds = new int[olderFields.fields().size() + 1];
        this.newerBounds = new int[newerFields.fields().size() + 1];
        if ((older.getType() == Schema.Type.RECORD) == (newer.getType() == Schema.Type.RECORD)) {
            addPairs();
        }
        this.changed = new long[pairs.size()];
        this.isSameLayout = pairs.size() == olderFields.fields().size()
                && pairs.size() == newerFields.fields().size()
                && pairs.stream().allMatch(pair -> pair.older() == pair.newer() && pair.presence() == Presence.BOTH);
    }

    /**
     * Compares the values of two records.
     *
     * @throws io.slipway.model.CorruptDataException if one is not of its schema
     */
    boolean areEqual(RecordCursor older, RecordCursor newer) {
        return areEqual(older.value(), older.valueLength(), newer.value(), newer.valueLength());
    }

    /**
     * Compares two values, each at the beginning of an array.
     *
     * @throws io.slipway.model.CorruptDataException if one is not of its schema
     */
    public boolean areEqual(byte[] older, int olderLength, byte[] newer, int newerLength) {
        if (isSameLayout && Arrays.equals(older, 0, olderLength, newer, 0, newerLength)) {
            return true;
        }
        olderFields.find(older, 0, olderLength, olderBounds);
        newerFields.find(newer, 0, newerLength, newerBounds);
        boolean equal = !pairs.isEmpty();
        for (int i = 0; i < changed.length; i++) {
            if (!isEqual(pairs.get(i), older, newer)) {
                changed[i]++;
                equal = false;
            }
        }
        return equal;
    }

    /** How often each field differed so far. */
    List<FieldChange> fields() {
        List<FieldChange> fields = new ArrayList<>();
        for (Schema.Field field : newerFields.fields()) {
            fields.add(new FieldChange(field.name(), Presence.ADDED, 0));
        }
        for (int i = 0; i < changed.length; i++) {
            Pair pair = pairs.get(i);
            fields.set(pair.newer(), new FieldChange(fields.get(pair.newer()).field(), pair.presence(), changed[i]));
        }
        for (int i = 0; i < olderBounds.length - 1; i++) {
            int place = i;
            if (pairs.stream().noneMatch(pair -> pair.older() == place)) {
                fields.add(new FieldChange(olderFields.fields().get(i).name(), Presence.REMOVED, 0));
            }
        }
        return fields;
    }

    private boolean isEqual(Pair pair, byte[] older, byte[] newer) {
        int from = olderBounds[pair.older()];
        int to = olderBounds[pair.older() + 1];
        int newerFrom = newerBounds[pair.newer()];
        int newerTo = newerBounds[pair.newer() + 1];
        return pair.equality().areEqual(older, from, to, newer, newerFrom, newerTo);
    }

    private void addPairs() {
        for (int i = 0; i < newerFields.fields().size(); i++) {
            Schema.Field newer = newerFields.fields().get(i);
            for (int j = 0; j < olderFields.fields().size(); j++) {
                Schema.Field older = olderFields.fields().get(j);
                if (older.name().equals(newer.name())) {
                    pairs.add(Pair.of(j, older.schema(), i, newer.schema()));
                }
            }
        }
    }
}
