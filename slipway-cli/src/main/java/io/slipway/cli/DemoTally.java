package io.slipway.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the demo's readers have seen, all together. Thread-safe. */
final class DemoTally {

    private static final int MOST_EXAMPLES = 5;

    private final InstantSource clock;
    private final SortedMap<Long, Instant> firstReplies = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private long lookups;
    private long replies;
    private long errors;
    private long mixedReplies;

    DemoTally(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts a reply that was right. */
    synchronized void right(long version, int values) {
        firstReplies.computeIfAbsent(version, seen -> clock.instant());
        replies++;
        lookups += values;
    }

    /** Counts a reply that had several versions in it. */
    synchronized void mixed(String what, int values) {
        mixedReplies++;
        wrong(what, values);
    }

    /** Counts a reply that was wrong in another way, or did not come. */
    synchronized void error(String what, int values) {
        errors++;
        wrong(what, values);
    }

    private void wrong(String what, int values) {
        replies++;
        lookups += values;
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(what);
        }
    }

    /** When a version's first reply came, if there was one. */
    synchronized Optional<Instant> firstReply(long version) {
        return Optional.ofNullable(firstReplies.get(version));
    }

    /** Whether every reply was right. */
    synchronized boolean isClean() {
        return errors == 0 && mixedReplies == 0;
    }

    /** The summary, a line for each figure, and the first few things that were wrong. */
    synchronized List<String> summary(Duration reading) {
        List<String> lines = new ArrayList<>();
        lines.add("lookups: " + lookups);
        lines.add("errors: " + errors);
        lines.add("mixed replies: " + mixedReplies);
        lines.add("versions seen: "
                + String.join(
                        ", ",
                        firstReplies.keySet().stream().map(String::valueOf).toList()));
        lines.add("rate: %d lookups/s in %d replies/s, each checked"
                .formatted(perSecond(lookups, reading), perSecond(replies, reading)));
        examples.forEach(example -> lines.add("wrong: " + example));
        return lines;
    }

    private static long perSecond(long count, Duration time) {
        return count * 1000 / Math.max(1, time.toMillis());
    }
}
