package io.slipway.batch.shuffle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The keys from one on, up to another.
 *
 * @param from the least key; absent for the first range
 * @param to the key before which the range ends; absent for the last
 */
public record KeyRange(Optional<byte[]> from, Optional<byte[]> to) {

    /**
     * Cuts what runs of a {@linkplain ShuffleWriter#sliced sliced} writer hold into ranges with about as many records
     * each, in order; fewer than asked for if there are few keys. Equal keys are in one range.
     */
    public static List<KeyRange> cut(List<Run> runs, int most) {
        List<Sample> samples = new ArrayList<>();
        for (Run run : runs) {
            for (int i = 0; i < run.samples().size(); i++) {
                samples.add(new Sample(run, i));
            }
        }
        samples.sort(Comparator.comparing(Sample::key, Arrays::compareUnsigned));
        return at(bounds(samples, most));
    }

    private static List<byte[]> bounds(List<Sample> samples, int most) {
        long all = samples.stream().mapToLong(Sample::records).sum();
        List<byte[]> bounds = new ArrayList<>();
        byte[] last = samples.isEmpty() ? new byte[0] : samples.get(0).key();
        long before = 0;
        for (Sample sample : samples) {
            if (before >= all * (bounds.size() + 1) / most && Arrays.compareUnsigned(sample.key(), last) > 0) {
                last = sample.key();
                bounds.add(last);
            }
            before += sample.records();
        }
        return bounds.size() < most ? bounds : bounds.subList(0, most - 1);
    }

    /** The ranges that begin at these keys, and the one before the first of them. */
    public static List<KeyRange> at(List<byte[]> bounds) {
        List<KeyRange> ranges = new ArrayList<>();
        Optional<byte[]> from = Optional.empty();
        for (byte[] bound : bounds) {
            ranges.add(new KeyRange(from, Optional.of(bound)));
            from = Optional.of(bound);
        }
        ranges.add(new KeyRange(from, Optional.empty()));
        return ranges;
    }

    /** Whether keys of a slice that begins with this sample may be in the range: whether it begins before the end. */
    boolean reaches(byte[] sample) {
        return to.isEmpty() || Arrays.compareUnsigned(sample, to.get()) < 0;
    }

    /** Whether all keys before this sample come before the range. */
    boolean isAfter(byte[] sample) {
        return from.isPresent() && Arrays.compareUnsigned(sample, from.get()) < 0;
    }

    /** A slice of a run. */
    private record Sample(Run run, int slice) {

        byte[] key() {
            return run.samples().get(slice);
        }

        long records() {
            return run.records(slice);
        }
    }
}
