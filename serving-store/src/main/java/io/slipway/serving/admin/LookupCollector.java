package io.slipway.serving.admin;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.slipway.serving.metrics.DatasetLookups;
import io.slipway.serving.metrics.LatencyHistogram;
import io.slipway.serving.metrics.LookupKind;
import io.slipway.serving.metrics.LookupMetrics;
import io.slipway.serving.view.Snapshot;
import io.slipway.serving.view.Snapshots;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Shows the counts of the lookup port to Prometheus. Thread-safe. */
final class LookupCollector implements MultiCollector {

    /** The label of what is not about one dataset that is served here; no dataset can have this name. */
    private static final String NO_DATASET = "-";

    private static final LookupKind[] ABOUT_KEYS = {LookupKind.RECORD, LookupKind.BATCH};

    private final LookupMetrics lookups;
    private final Snapshots snapshots;

    LookupCollector(LookupMetrics lookups, Snapshots snapshots) {
        this.lookups = lookups;
        this.snapshots = snapshots;
    }

    @Override
    public MetricSnapshots collect() {
        try (Snapshot shown = snapshots.pin()) {
            // What nobody has asked for yet is shown as such, so that a first error is a rise.
            shown.datasets().values().forEach(dataset -> lookups.of(dataset.name()));
        }
        Map<String, DatasetLookups> served = lookups.datasets();
        Map<String, DatasetLookups> all = new TreeMap<>(served);
        all.put(NO_DATASET, lookups.others());
        Family logged = Family.of("slipway_access_log_lines", "Lines of the access log, by what became of them.")
                .add(lookups.loggedLines().sum(), "result", "written")
                .add(lookups.lostLines().sum(), "result", "lost");
        return MetricSnapshots.of(
                requests(all), latencies(all), keys(served), problems(), inFlight(), logged.counter());
    }

    private static MetricSnapshot requests(Map<String, DatasetLookups> all) {
        Family requests = Family.of(
                "slipway_lookup_requests",
                "Replies of the lookup port, by dataset, what was asked for and class of status.");
        all.forEach((name, dataset) -> {
            for (LookupKind kind : kinds(name)) {
                for (int status = 2; status <= DatasetLookups.STATUS_CLASSES; status++) {
                    requests.add(
                            dataset.replies(kind, status),
                            "dataset",
                            name,
                            "kind",
                            kind.label(),
                            "status",
                            status + "xx");
                }
            }
        });
        return requests.counter();
    }

    private static Set<LookupKind> kinds(String dataset) {
        return dataset.equals(NO_DATASET)
                ? EnumSet.allOf(LookupKind.class)
                : EnumSet.complementOf(EnumSet.of(LookupKind.OTHER));
    }

    private static MetricSnapshot latencies(Map<String, DatasetLookups> all) {
        HistogramSnapshot.Builder latencies = HistogramSnapshot.builder()
                .name("slipway_lookup_duration_seconds")
                .help("Time from a request's headers to its written reply.");
        double[] bounds = LatencyHistogram.boundsSeconds();
        double[] withInfinity = Arrays.copyOf(bounds, bounds.length + 1);
        withInfinity[bounds.length] = Double.POSITIVE_INFINITY;
        all.forEach((name, dataset) -> {
            for (LookupKind kind : kinds(name)) {
                LatencyHistogram latency = dataset.latency(kind);
                latencies.dataPoint(HistogramDataPointSnapshot.builder()
                        .labels(Labels.of("dataset", name, "kind", kind.label()))
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(withInfinity, latency.counts()))
                        .sum(latency.sumSeconds())
                        .build());
            }
        });
        return latencies.build();
    }

    private static MetricSnapshot keys(Map<String, DatasetLookups> served) {
        Family keys = Family.of(
                "slipway_lookup_keys",
                "Keys that were looked up, by dataset, kind of request and whether there was a record.");
        served.forEach((name, dataset) -> {
            for (LookupKind kind : ABOUT_KEYS) {
                keys.add(dataset.hits(kind), "dataset", name, "kind", kind.label(), "result", "hit");
                keys.add(dataset.misses(kind), "dataset", name, "kind", kind.label(), "result", "miss");
            }
        });
        return keys.counter();
    }

    private MetricSnapshot problems() {
        Family problems = Family.of(
                "slipway_lookup_problems",
                "Replies that say what is wrong, by problem: limits that were exceeded, load that was refused, damage.");
        lookups.problems().forEach((kind, count) -> problems.add(count, "problem", kind));
        return problems.counter();
    }

    private MetricSnapshot inFlight() {
        return Family.of("slipway_lookup_in_flight_requests", "Requests that are under way.")
                .add(lookups.inFlight())
                .gauge();
    }
}
