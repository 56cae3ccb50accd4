package io.slipway.serving.admin;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.slipway.model.VersionId;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.node.NodeStatus.Staging;
import io.slipway.serving.ServingNode;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.ServedDataset;
import io.slipway.serving.view.Snapshot;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Shows the versions of a node's datasets to Prometheus. Thread-safe. */
final class DatasetCollector implements MultiCollector {

    private static final String[] STATES = {"current", "retained", "staged", "staging", "failing", "refused"};

    private final ServingNode node;

    DatasetCollector(ServingNode node) {
        this.node = node;
    }

    @Override
    public MetricSnapshots collect() {
        Current current = new Current();
        Kept kept = new Kept();
        try (Snapshot shown = node.snapshots().pin()) {
            shown.datasets().values().forEach(dataset -> {
                dataset.current()
                        .ifPresent(version -> current.add(dataset.name().value(), version));
                kept.dataset(dataset.name().value());
            });
            node.status().versions().forEach((id, staging) -> kept.add(id, staging, shown));
        }
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        current.addTo(all);
        kept.addTo(all);
        return all.build();
    }

    /** Of the versions that are read by default. */
    private final class Current {
        private final Family version =
                Family.of("slipway_dataset_version", "The version of the dataset that is read by default.");
        private final Family records = Family.of("slipway_dataset_records", "How many records that version has.");
        private final Family bytes = Family.of(
                "slipway_dataset_bytes", "How many bytes the files of that version have; of a delta only its own.");
        private final Family committed = Family.of(
                "slipway_dataset_committed_timestamp_seconds", "When that version was published: the end of its run.");
        private final Family swapped = Family.of(
                "slipway_dataset_swapped_timestamp_seconds",
                "When that version became current; missing while the node serves another one than the catalog says.");

        void add(String dataset, OpenVersion open) {
            version.add(open.id().number(), "dataset", dataset);
            records.add(open.content().digest().records(), "dataset", dataset);
            bytes.add(open.manifest().bytes(), "dataset", dataset);
            committed.add(open.manifest().provenance().end(), "dataset", dataset);
            node.currentSince(open.id()).ifPresent(since -> swapped.add(since, "dataset", dataset));
        }

        void addTo(MetricSnapshots.Builder all) {
            all.metricSnapshot(version.gauge())
                    .metricSnapshot(records.gauge())
                    .metricSnapshot(bytes.gauge())
                    .metricSnapshot(committed.gauge())
                    .metricSnapshot(swapped.gauge());
        }
    }

    /** Of all versions that the node has, or is to have. */
    private static final class Kept {
        private final Map<String, Map<String, Long>> counts = new TreeMap<>();
        private final Map<String, Long> bytes = new TreeMap<>();

        void dataset(String name) {
            counts.computeIfAbsent(name, unseen -> new TreeMap<>());
            bytes.putIfAbsent(name, 0L);
        }

        void add(VersionId id, Staging staging, Snapshot shown) {
            String name = id.dataset().value();
            dataset(name);
            counts.get(name).merge(state(id, staging, shown.dataset(name)), 1L, Long::sum);
            bytes.merge(name, staging.bytesDone(), Long::sum);
        }

        private static String state(VersionId id, Staging staging, Optional<ServedDataset> served) {
            if (staging.phase() != Phase.STAGED) {
                return staging.phase().name().toLowerCase(Locale.ROOT);
            }
            if (served.flatMap(ServedDataset::current)
                    .filter(current -> current.id().equals(id))
                    .isPresent()) {
                return "current";
            }
            return served.flatMap(dataset -> dataset.version(id.number())).isPresent() ? "retained" : "staged";
        }

        void addTo(MetricSnapshots.Builder all) {
            Family versions =
                    Family.of("slipway_dataset_versions", "The versions that the node has, or is to have, by state.");
            counts.forEach((name, byState) -> {
                for (String state : STATES) {
                    versions.add(byState.getOrDefault(state, 0L), "dataset", name, "state", state);
                }
            });
            Family onDisk = Family.of(
                    "slipway_dataset_disk_bytes",
                    "How many bytes the files of these versions have on the node's disk.");
            bytes.forEach((name, sum) -> onDisk.add(sum, "dataset", name));
            all.metricSnapshot(versions.gauge()).metricSnapshot(onDisk.gauge());
        }
    }
}
