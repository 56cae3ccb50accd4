package io.slipway.examples.delays;

import io.slipway.examples.Flight;
import java.util.ArrayList;
import java.util.List;

/**
 * How many flights had which delay. Delays are whole minutes, so there are few different ones, and counting them gives
 * exact percentiles; two histograms are merged by adding the counts, in any grouping, with the same result. Immutable.
 *
 * @param buckets the delays that occurred, ascending
 */
record DelayHistogram(List<Bucket> buckets) {

    static final DelayHistogram EMPTY = new DelayHistogram(List.of());

    /** How many flights had one delay. */
    record Bucket(int delay, long flights) {

        Bucket plus(long more) {
            return new Bucket(delay, flights + more);
        }
    }

    /** This with one flight more. */
    DelayHistogram plus(int delay) {
        List<Bucket> sum = new ArrayList<>(buckets);
        int place = place(delay);
        if (place < sum.size() && sum.get(place).delay() == delay) {
            sum.set(place, sum.get(place).plus(1));
        } else {
            sum.add(place, new Bucket(delay, 1));
        }
        return new DelayHistogram(sum);
    }

    /** This and another. */
    DelayHistogram plus(DelayHistogram other) {
        List<Bucket> sum = new ArrayList<>();
        int next = 0;
        for (Bucket bucket : buckets) {
            while (next < other.buckets.size() && other.buckets.get(next).delay() < bucket.delay()) {
                sum.add(other.buckets.get(next++));
            }
            boolean isShared =
                    next < other.buckets.size() && other.buckets.get(next).delay() == bucket.delay();
            sum.add(isShared ? bucket.plus(other.buckets.get(next++).flights()) : bucket);
        }
        sum.addAll(other.buckets.subList(next, other.buckets.size()));
        return new DelayHistogram(sum);
    }

    boolean isEmpty() {
        return buckets.isEmpty();
    }

    /** How many flights there are. */
    long flights() {
        return buckets.stream().mapToLong(Bucket::flights).sum();
    }

    /** The share of them that was on time, as {@link Flight#onTime} has it; NaN if there is no flight. */
    double onTimeShare() {
        long onTime = buckets.stream()
                .filter(bucket -> Flight.isOnTime(bucket.delay()))
                .mapToLong(Bucket::flights)
                .sum();
        return (double) onTime / flights();
    }

    /** The mean delay; NaN if there is no flight. */
    double mean() {
        long minutes = buckets.stream()
                .mapToLong(bucket -> bucket.delay() * bucket.flights())
                .sum();
        return (double) minutes / flights();
    }

    /**
     * The least delay that at least so many of a hundred flights did not exceed (the percentile by nearest rank).
     *
     * @throws IllegalStateException if there is no flight
     */
    int percentile(int percent) {
        long rank = (percent * flights() + 99) / 100;
        long seen = 0;
        for (Bucket bucket : buckets) {
            seen += bucket.flights();
            if (seen >= rank) {
                return bucket.delay();
            }
        }
        throw new IllegalStateException("A histogram without flights has no percentile");
    }

    /** Where a delay is, or belongs. */
    private int place(int delay) {
        int low = 0;
        int high = buckets.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (buckets.get(middle).delay() < delay) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
