package io.slipway.examples.activity;

import io.slipway.examples.View;
import io.slipway.examples.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Adds up one viewer's views, which come in the order of time. */
final class ActivityBuilder {

    private static final Duration BREAK = Duration.ofMinutes(30);
    private static final int LAST_PAGES = 5;

    private final Deque<String> lastPages = new ArrayDeque<>();
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private long views;
    private long visits;

    void add(View view) {
        if (views == 0) {
            first = view.at();
        }
        if (views == 0 || view.at().isAfter(last.plus(BREAK))) {
            visits++;
        }
        views++;
        last = view.at();
        lastPages.addLast(view.page());
        if (lastPages.size() > LAST_PAGES) {
            lastPages.removeFirst();
        }
    }

    Activity build(Optional<Viewer> viewer, int year) {
        return new Activity(
                viewer.map(Viewer::country),
                AgeGroup.of(viewer, year),
                views,
                visits,
                first,
                last,
                List.copyOf(lastPages));
    }
}
