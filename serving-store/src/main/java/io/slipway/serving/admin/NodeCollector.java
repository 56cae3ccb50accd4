package io.slipway.serving.admin;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.slipway.model.node.NodeStatus;
import io.slipway.serving.ServingNode;
import io.slipway.serving.metrics.LatencyHistogram;
import io.slipway.serving.metrics.LookupMetrics;
import io.slipway.serving.metrics.LookupMetrics.Kind;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.Snapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;

/** Shows the node's counts to Prometheus. Thread-safe. */
final class NodeCollector implements MultiCollector {

    private final ServingNode node;
    private final LookupMetrics lookups;
    private final InstantSource clock;

    NodeCollector(ServingNode node, LookupMetrics lookups, InstantSource clock) {
        this.node = node;
        this.lookups = lookups;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        all.metricSnapshot(replies());
        all.metricSnapshot(latencies());
        all.metricSnapshot(keys());
        all.metricSnapshot(perDataset(
                "slipway_dataset_version",
                "The version of the dataset that is read by default.",
                version -> version.id().number()));
        all.metricSnapshot(perDataset(
                "slipway_dataset_records",
                "How many records that version has.",
                version -> version.content().digest().records()));
        all.metricSnapshot(perDataset(
                "slipway_dataset_age_seconds", "How long ago that version was committed.", this::ageSeconds));
        addStagings(all);
        all.metricSnapshot(gauge("slipway_catalog_sequence", "The catalog that readers see.", (double)
                node.status().catalogSequence()));
        all.metricSnapshot(gauge(
                "slipway_ready",
                "Whether every dataset with a current version is served: 1 or 0.",
                node.readiness().isReady() ? 1 : 0));
        all.metricSnapshot(gauge("slipway_block_cache_used_bytes", "How many bytes of blocks are cached.", (double)
                node.blockCacheUsedBytes()));
        return all.build();
    }

    private CounterSnapshot replies() {
        CounterSnapshot.Builder replies = CounterSnapshot.builder()
                .name("slipway_lookup_requests")
                .help("Replies of the lookup port, by what was asked for and class of status.");
        for (Kind kind : Kind.values()) {
            for (int status = 2; status <= LookupMetrics.STATUS_CLASSES; status++) {
                replies.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(Labels.of("kind", kind.label(), "status", status + "xx"))
                        .value((double) lookups.replies(kind, status))
                        .build());
            }
        }
        return replies.build();
    }

    private HistogramSnapshot latencies() {
        HistogramSnapshot.Builder latencies = HistogramSnapshot.builder()
                .name("slipway_lookup_duration_seconds")
                .help("Time from a request's headers to its written reply.");
        double[] bounds = LatencyHistogram.boundsSeconds();
        double[] withInfinity = java.util.Arrays.copyOf(bounds, bounds.length + 1);
        withInfinity[bounds.length] = Double.POSITIVE_INFINITY;
        for (Kind kind : Kind.values()) {
            LatencyHistogram latency = lookups.latency(kind);
            latencies.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(Labels.of("kind", kind.label()))
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(withInfinity, latency.counts()))
                    .sum(latency.sumSeconds())
                    .build());
        }
        return latencies.build();
    }

    private CounterSnapshot keys() {
        return CounterSnapshot.builder()
                .name("slipway_lookup_keys")
                .help("Keys that were looked up, by whether there was a record.")
                .dataPoint(count("hit", lookups.hits()))
                .dataPoint(count("miss", lookups.misses()))
                .build();
    }

    private static CounterDataPointSnapshot count(String result, long value) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of("result", result))
                .value((double) value)
                .build();
    }

    private GaugeSnapshot perDataset(String name, String help, ToDoubleFunction<OpenVersion> value) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        try (Snapshot shown = node.snapshots().pin()) {
            shown.datasets()
                    .forEach((dataset, served) -> served.current()
                            .ifPresent(version -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                                    .labels(Labels.of("dataset", dataset))
                                    .value(value.applyAsDouble(version))
                                    .build())));
        }
        return gauge.build();
    }

    private double ageSeconds(OpenVersion version) {
        return Duration.between(version.manifest().provenance().end(), clock.instant())
                        .toMillis()
                / 1000.0;
    }

    private void addStagings(MetricSnapshots.Builder all) {
        GaugeSnapshot.Builder done = GaugeSnapshot.builder()
                .name("slipway_staging_done_bytes")
                .help("How many bytes of a version are fetched.");
        GaugeSnapshot.Builder total = GaugeSnapshot.builder()
                .name("slipway_staging_size_bytes")
                .help("How many bytes a version has; 0 before that is known.");
        node.status().versions().forEach((id, staging) -> {
            Labels labels = Labels.of(
                    "dataset", id.dataset().value(), "version", Long.toString(id.number()), "phase", phase(staging));
            done.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(labels)
                    .value((double) staging.bytesDone())
                    .build());
            total.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(labels)
                    .value((double) staging.bytesTotal())
                    .build());
        });
        all.metricSnapshot(done.build()).metricSnapshot(total.build());
    }

    private static String phase(NodeStatus.Staging staging) {
        return staging.phase().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
