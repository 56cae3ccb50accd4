package io.slipway.sst.diff;

import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.sst.diff.DiffSettings.Reading;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which partitions of two versions are read together. A key's partition is a hash modulo the count, so that with the
 * greatest common divisor <i>g</i> of both counts the keys whose hash is <i>r</i> modulo <i>g</i> are in the partitions
 * whose number is <i>r</i> modulo <i>g</i>, in both versions: <i>g</i> parts that can be compared each on its own. Of
 * versions with the same count each part is one partition.
 *
 * @param parts what is read; partitions known to be equal are in none
 * @param equalRecords how many records the partitions have that are known to be equal
 */
record DiffPlan(List<Part> parts, long equalRecords) {

    /** Partitions of the older version, and those of the newer that have the same keys. */
    record Part(List<Integer> older, List<Integer> newer) {}

    /**
     * Plans a comparison.
     *
     * @throws InvalidInputException if the keys of the versions do not compare
     */
    static DiffPlan of(Manifest older, Manifest newer, Reading reading) {
        checkKeys(older, newer);
        int olderCount = older.partitions().size();
        int newerCount = newer.partitions().size();
        if (older.routingFields() != newer.routingFields()) {
            return new DiffPlan(List.of(new Part(all(olderCount), all(newerCount))), 0);
        }
        int divisor = BigInteger.valueOf(olderCount)
                .gcd(BigInteger.valueOf(newerCount))
                .intValueExact();
        boolean mayBeEqual = reading == Reading.DIFFERING
                && older.delta().isEmpty() // A delta's digests are those of its changes.
                && newer.delta().isEmpty()
                && olderCount == newerCount
                && older.valueSchema().equals(newer.valueSchema());
        List<Part> parts = new ArrayList<>();
        long equalRecords = 0;
        for (int i = 0; i < divisor; i++) {
            int rest = i;
            PartitionEntry entry = newer.partitions().get(i);
            if (mayBeEqual && older.partitions().get(i).equals(entry)) {
                equalRecords += entry.digest().records();
            } else {
                IntPredicate belongs = partition -> partition % divisor == rest;
                parts.add(new Part(some(olderCount, belongs), some(newerCount, belongs)));
            }
        }
        return new DiffPlan(List.copyOf(parts), equalRecords);
    }

    /** The same as one part, in which all keys are in order. */
    DiffPlan asOnePart() {
        return new DiffPlan(
                List.of(new Part(
                        parts.stream().flatMap(part -> part.older().stream()).toList(),
                        parts.stream().flatMap(part -> part.newer().stream()).toList())),
                equalRecords);
    }

    /** How many partitions of the newer version are read. */
    int partitionsRead() {
        return parts.stream().mapToInt(part -> part.newer().size()).sum();
    }

    private static void checkKeys(Manifest older, Manifest newer) {
        List<String> found = KeyCodec.of(newer.keySchema()).shape();
        List<String> expected = KeyCodec.of(older.keySchema()).shape();
        if (!found.equals(expected)) {
            throw new InvalidInputException("The key of " + older.version() + " is " + expected + ", and that of "
                    + newer.version() + " is " + found + ". Compare versions whose keys are of the same types.");
        }
    }

    private static List<Integer> all(int count) {
        return some(count, partition -> true);
    }

    private static List<Integer> some(int count, IntPredicate filter) {
        return IntStream.range(0, count).filter(filter).boxed().toList();
    }
}
