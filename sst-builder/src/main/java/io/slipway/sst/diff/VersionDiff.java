package io.slipway.sst.diff;

import io.slipway.model.manifest.Manifest;
import java.util.List;

/**
 * What differs between two versions: exact numbers of keys, and examples.
 *
 * @param older the version that is compared
 * @param newer the version that it is compared with
 * @param unchanged how many keys have the same value in both
 * @param added how many keys only the newer version has
 * @param removed how many keys only the older version has
 * @param changed how many keys have different values
 * @param fields the fields of the values: those of the newer version in its order, then those that only the older has
 * @param examples of each kind the first few by key: those added, those removed, those changed
 * @param partitionsRead how many partitions of the newer version were read; the others have the older one's digest
 */
public record VersionDiff(
        Manifest older,
        Manifest newer,
        long unchanged,
        long added,
        long removed,
        long changed,
        List<FieldChange> fields,
        List<RecordChange> examples,
        int partitionsRead) {

    /** Takes copies of the lists. */
    public VersionDiff {
        fields = List.copyOf(fields);
        examples = List.copyOf(examples);
    }

    /** Whether the versions hold the same. */
    public boolean isEmpty() {
        return added == 0 && removed == 0 && changed == 0;
    }

    /** The share of the keys of both versions at which a field differs, 0 if there are none. */
    public double share(FieldChange field) {
        return common() == 0 ? 0 : (double) field.changed() / common();
    }

    /** How many keys both versions have. */
    public long common() {
        return unchanged + changed;
    }
}
