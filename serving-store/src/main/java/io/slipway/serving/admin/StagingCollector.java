package io.slipway.serving.admin;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.slipway.serving.NodeFigures;
import io.slipway.serving.metrics.FetchCounts;
import io.slipway.serving.metrics.NodeCounts;
import io.slipway.serving.metrics.NodeCounts.Result;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.view.Snapshot;
import io.slipway.serving.view.Snapshots;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Shows stagings and swaps to Prometheus, summed up for each dataset, so that versions come and go in no label. Thread-safe. */
final class StagingCollector implements MultiCollector {

    private static final double NANOS_PER_SECOND = 1e9;

    private final NodeFigures figures;
    private final Snapshots snapshots;

    StagingCollector(NodeFigures figures, Snapshots snapshots) {
        this.figures = figures;
        this.snapshots = snapshots;
    }

    @Override
    public MetricSnapshots collect() {
        try (Snapshot shown = snapshots.pin()) {
            shown.datasets().values().forEach(dataset -> figures.counts().of(dataset.name()));
        }
        Map<String, Long> none = new HashMap<>();
        figures.counts().datasets().keySet().forEach(dataset -> none.put(dataset, 0L));
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        addCounts(all);
        addFetched(all);
        addRunning(all, none);
        return all.build();
    }

    private void addCounts(MetricSnapshots.Builder all) {
        Family stagings = Family.of("slipway_stagings", "Tries to stage a version, by how they ended.");
        Family swaps = Family.of("slipway_dataset_swaps", "How often readers of this node got another version.");
        Family delay = Family.of(
                "slipway_dataset_swap_delay_seconds",
                "How long after the catalog said so readers got the version that they got last.");
        figures.counts().datasets().forEach((name, dataset) -> {
            for (Result result : Result.values()) {
                stagings.add(dataset.stagings(result), "dataset", name, "result", label(result));
            }
            swaps.add(dataset.swaps(), "dataset", name);
            dataset.lastDelay().ifPresent(last -> delay.add(last.toNanos() / NANOS_PER_SECOND, "dataset", name));
        });
        all.metricSnapshot(stagings.counter()).metricSnapshot(swaps.counter()).metricSnapshot(delay.gauge());
    }

    private static String label(NodeCounts.Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }

    private void addFetched(MetricSnapshots.Builder all) {
        Family bytes = Family.of(
                        "slipway_staging_fetched_bytes",
                        "Bytes that stagings have fetched, kept or not; over Kafka of keys and values.")
                .add(figures.fetchedFiles().bytes(), "route", "sst")
                .add(figures.fetchedTopics().map(FetchCounts::bytes).orElse(0L), "route", "kafka");
        Family records = Family.of(
                        "slipway_staging_fetched_records", "Records that stagings have read from version topics.")
                .add(figures.fetchedTopics().map(FetchCounts::records).orElse(0L), "route", "kafka");
        all.metricSnapshot(bytes.counter());
        all.metricSnapshot(records.counter());
    }

    private void addRunning(MetricSnapshots.Builder all, Map<String, Long> none) {
        List.of(
                        new Progress(
                                "done_bytes", "Bytes that the stagings under way have.", StagingProgress::bytesDone),
                        new Progress("size_bytes", "Bytes that they are to have.", StagingProgress::bytesTotal),
                        new Progress(
                                "done_parts",
                                "Files that the stagings under way have; over Kafka, partitions.",
                                StagingProgress::partsDone),
                        new Progress(
                                "size_parts", "Files, or partitions, that they are to have.", StagingProgress::parts))
                .forEach(progress -> {
                    Map<String, Long> sums = new HashMap<>(none);
                    figures.stagings()
                            .forEach((id, staging) ->
                                    sums.merge(id.dataset().value(), progress.value.applyAsLong(staging), Long::sum));
                    Family family = Family.of("slipway_staging_" + progress.name, progress.help);
                    sums.forEach((dataset, sum) -> family.add(sum, "dataset", dataset));
                    all.metricSnapshot(family.gauge());
                });
    }

    private record Progress(String name, String help, ToLongFunction<StagingProgress> value) {}
}
