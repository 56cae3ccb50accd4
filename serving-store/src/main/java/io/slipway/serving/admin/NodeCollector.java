package io.slipway.serving.admin;

import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.slipway.serving.NodeFigures;
import io.slipway.serving.ServingNode;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.store.StoreEngine;
import io.slipway.serving.view.ServedDataset;
import io.slipway.serving.view.Snapshot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Shows a node as a whole to Prometheus: what it follows, its storage, its process. Thread-safe. */
final class NodeCollector implements MultiCollector {

    private static final double NANOS_PER_SECOND = 1e9;

    private final ServingNode node;
    private final NodeFigures figures;

    NodeCollector(ServingNode node) {
        this.node = node;
        this.figures = node.figures();
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        gauge(
                all,
                "slipway_ready",
                "Whether every dataset with a current version is served: 1 or 0.",
                node.readiness().isReady() ? 1 : 0);
        gauge(
                all,
                "slipway_catalog_sequence",
                "The catalog that readers see.",
                node.status().catalogSequence());
        all.metricSnapshot(Family.of(
                        "slipway_catalog_read_timestamp_seconds",
                        "When the catalog was read last; 0 if it was not since the start.")
                .add(figures.counts().catalogRead().orElse(Instant.EPOCH))
                .gauge());
        addCache(all, figures.engine());
        addDisk(all);
        addProcess(all);
        return all.build();
    }

    private void addCache(MetricSnapshots.Builder all, StoreEngine engine) {
        gauge(
                all,
                "slipway_block_cache_used_bytes",
                "How many bytes of blocks, indexes and filters are cached.",
                engine.blockCacheUsedBytes());
        gauge(all, "slipway_block_cache_size_bytes", "How many may be.", engine.blockCacheBytes());
        gauge(
                all,
                "slipway_block_cache_pinned_bytes",
                "How many are in use at the moment.",
                engine.blockCachePinnedBytes());
        all.metricSnapshot(
                Family.of("slipway_block_cache_reads", "Blocks that were asked for, by whether they were cached.")
                        .add(engine.blockCacheHits(), "result", "hit")
                        .add(engine.blockCacheMisses(), "result", "miss")
                        .counter());
        gauge(
                all,
                "slipway_table_readers_bytes",
                "What RocksDB has in memory for the files of readable versions, besides the block cache.",
                tableReadersBytes());
        gauge(
                all,
                "slipway_open_databases",
                "Databases that are open: a version each, or two while one is replaced.",
                engine.openDatabases());
    }

    private long tableReadersBytes() {
        try (Snapshot shown = node.snapshots().pin()) {
            Set<OpenVersion> versions = new HashSet<>();
            for (ServedDataset dataset : shown.datasets().values()) {
                versions.addAll(dataset.readable().values());
            }
            return versions.stream().mapToLong(OpenVersion::tableReadersBytes).sum();
        }
    }

    /** A disk that does not answer has no figures. */
    private void addDisk(MetricSnapshots.Builder all) {
        try {
            long free = figures.diskFreeBytes();
            long size = figures.diskBytes();
            gauge(all, "slipway_disk_free_bytes", "How many bytes can be written to the data folder's disk.", free);
            gauge(all, "slipway_disk_size_bytes", "How many bytes that disk has.", size);
        } catch (IOException e) {
            // Their absence says it.
        }
    }

    /** Under the names that processes' figures have everywhere. */
    private static void addProcess(MetricSnapshots.Builder all) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        all.metricSnapshot(Family.of("process_start_time_seconds", "When the process started.")
                .add(Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()))
                .gauge());
        if (system instanceof UnixOperatingSystemMXBean unix) {
            gauge(all, "process_open_fds", "File descriptors that are open.", unix.getOpenFileDescriptorCount());
            gauge(all, "process_max_fds", "How many may be.", unix.getMaxFileDescriptorCount());
            all.metricSnapshot(Family.of("process_cpu_seconds", "Processor time that was spent.")
                    .add(unix.getProcessCpuTime() / NANOS_PER_SECOND)
                    .counter());
        }
    }

    private static void gauge(MetricSnapshots.Builder all, String name, String help, long value) {
        all.metricSnapshot(Family.of(name, help).add(value).gauge());
    }
}
