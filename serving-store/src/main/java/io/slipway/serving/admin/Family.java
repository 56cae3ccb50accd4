package io.slipway.serving.admin;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One metric with its values, one for each set of labels, as it is being put together. Used by one thread. */
final class Family {

    private static final double MILLIS_PER_SECOND = 1000;

    private final String name;
    private final String help;
    private final List<Point> points = new ArrayList<>();

    private record Point(Labels labels, double value) {}

    private Family(String name, String help) {
        this.name = name;
        this.help = help;
    }

    /** An empty one. */
    static Family of(String name, String help) {
        return new Family(name, help);
    }

    /** Adds a value; labels are names and values in turn. */
    Family add(double value, String... labels) {
        points.add(new Point(Labels.of(labels), value));
        return this;
    }

    /** Adds a count. */
    Family add(long value, String... labels) {
        return add((double) value, labels);
    }

    /** Adds a point in time. */
    Family add(Instant time, String... labels) {
        return add(time.toEpochMilli() / MILLIS_PER_SECOND, labels);
    }

    /** A metric that goes up and down. */
    MetricSnapshot gauge() {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(point -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(point.labels)
                .value(point.value)
                .build()));
        return gauge.build();
    }

    /** A metric that only rises; the format adds {@code _total} to its name. */
    MetricSnapshot counter() {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        points.forEach(point -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(point.labels)
                .value(point.value)
                .build()));
        return counter.build();
    }
}
