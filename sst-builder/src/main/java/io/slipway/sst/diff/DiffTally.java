package io.slipway.sst.diff;

import io.slipway.sst.diff.RecordChange.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was counted in a part of two versions.
 *
 * @param added how many keys only the newer version has
 * @param removed how many keys only the older version has
 * @param changed how many keys have different values
 * @param unchanged how many keys have the same value
 * @param fields how often each field differed
 * @param examples of each kind the first few by key
 */
record DiffTally(
        long added, long removed, long changed, long unchanged, List<FieldChange> fields, List<RecordChange> examples) {

    private static final Comparator<RecordChange> BY_KIND_AND_KEY =
            Comparator.comparing(RecordChange::kind).thenComparing(RecordChange::key, Arrays::compareUnsigned);

    /** The tally of no records. */
    static DiffTally nothing(ValueComparison values) {
        return new DiffTally(0, 0, 0, 0, values.fields(), List.of());
    }

    /** The sum over two parts, with at most so many examples of each kind. */
    DiffTally plus(DiffTally other, int mostExamples) {
        return new DiffTally(
                added + other.added,
                removed + other.removed,
                changed + other.changed,
                unchanged + other.unchanged,
                sum(fields, other.fields),
                first(examples, other.examples, mostExamples));
    }

    private static List<FieldChange> sum(List<FieldChange> some, List<FieldChange> others) {
        List<FieldChange> sums = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            FieldChange field = some.get(i);
            sums.add(new FieldChange(
                    field.field(),
                    field.presence(),
                    field.changed() + others.get(i).changed()));
        }
        return sums;
    }

    private static List<RecordChange> first(List<RecordChange> some, List<RecordChange> others, int most) {
        List<RecordChange> all = new ArrayList<>(some);
        all.addAll(others);
        all.sort(BY_KIND_AND_KEY);
        Map<Kind, Integer> kept = new EnumMap<>(Kind.class);
        all.removeIf(change -> kept.merge(change.kind(), 1, Integer::sum) > most);
        return all;
    }
}
