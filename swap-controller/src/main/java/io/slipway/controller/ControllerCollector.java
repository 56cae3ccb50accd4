package io.slipway.controller;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.Optional;

/** Shows a controller to Prometheus. Thread-safe. */
public final class ControllerCollector implements MultiCollector {

    private static final double MILLIS_PER_SECOND = 1000;

    private final Controller controller;
    private final Optional<TopicController> topics;

    /**
     * A collector.
     *
     * @param topics the controller's part for topics, if there is a cluster
     */
    public ControllerCollector(Controller controller, Optional<TopicController> topics) {
        this.controller = controller;
        this.topics = topics;
    }

    @Override
    public MetricSnapshots collect() {
        GaugeSnapshot.Builder held = GaugeSnapshot.builder()
                .name("slipway_controller_held_versions")
                .help("Versions that gates hold until somebody decides.");
        CounterSnapshot.Builder verdicts = CounterSnapshot.builder()
                .name("slipway_controller_gate_verdicts")
                .help("How often the gates were run on a version, by what became of it.");
        controller.counts().datasets().forEach((name, dataset) -> {
            held.dataPoint(gauge((double) dataset.held(), "dataset", name));
            verdicts.dataPoint(counter((double) dataset.passedVerdicts(), "dataset", name, "result", "passed"));
            verdicts.dataPoint(counter((double) dataset.heldVerdicts(), "dataset", name, "result", "held"));
        });
        return MetricSnapshots.of(rounds(), held.build(), verdicts.build());
    }

    private GaugeSnapshot rounds() {
        GaugeSnapshot.Builder rounds = GaugeSnapshot.builder()
                .name("slipway_controller_round_timestamp_seconds")
                .help("When the controller last got through a round; 0 if it has not since the start.")
                .dataPoint(gauge(seconds(controller.counts().lastRound()), "part", "repository"));
        topics.ifPresent(part -> rounds.dataPoint(gauge(seconds(part.lastRound()), "part", "topics")));
        return rounds.build();
    }

    private static double seconds(Optional<Instant> time) {
        return time.map(instant -> instant.toEpochMilli() / MILLIS_PER_SECOND).orElse(0.0);
    }

    private static GaugeDataPointSnapshot gauge(double value, String... labels) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of(labels))
                .value(value)
                .build();
    }

    private static CounterDataPointSnapshot counter(double value, String... labels) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of(labels))
                .value(value)
                .build();
    }
}
