package io.slipway.serving.ingest;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.cluster.TopicCursor;
import io.slipway.kafka.read.PartitionDecision;
import io.slipway.kafka.read.PartitionReader;
import io.slipway.model.CorruptDataException;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.VersionTopic;
import io.slipway.serving.metrics.FetchCounts;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.staging.Throttle;
import io.slipway.sst.FileShape;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Reads one partition of a committed version to its decision, and makes files of what counts. Used by one thread. */
final class PartitionFetch {

    /** What is read of a partition between two checkpoints: as much is read again after a kill. */
    private static final long MOST_FILE_BYTES = 64 << 20;

    private final Cluster cluster;
    private final Manifest manifest;
    private final VersionTopic topic;
    private final PartitionFolder folder;
    private final FileShape shape;
    private final Throttle throttle;
    private final FetchCounts counts;
    private final StagingProgress progress;
    private final long expectedBytes;
    private long reportedBytes;

    PartitionFetch(
            Cluster cluster,
            Manifest manifest,
            PartitionFolder folder,
            FileShape shape,
            Throttle throttle,
            FetchCounts counts,
            StagingProgress progress) {
        this.cluster = cluster;
        this.manifest = manifest;
        this.topic = manifest.topic().orElseThrow();
        this.folder = folder;
        this.shape = new FileShape(shape.compression(), Math.min(shape.bytes(), MOST_FILE_BYTES));
        this.throttle = throttle;
        this.counts = counts;
        this.progress = progress;
        this.expectedBytes = manifest.filesOf(folder.partition()).stream()
                .mapToLong(FileEntry::bytes)
                .sum();
    }

    /**
     * Reads from the checkpoint on.
     *
     * @throws CorruptDataException if the partition is not as the protocol has it
     * @throws io.slipway.model.UnavailableException if it cannot be read, or the files cannot be written now
     * @throws CancellationException if it was cancelled
     */
    FetchedPartition run(BooleanSupplier cancelled) {
        Checkpoint from = folder.resume(topic.id(), cancelled);
        try (TopicCursor cursor = cluster.cursor(topic.name(), folder.partition());
                PartitionStages stages = new PartitionStages(folder, manifest, shape, from)) {
            PartitionReader reader = new PartitionReader(
                    cursor, manifest.version(), topic.name(), folder.partition(), from.progress(), stages);
            PartitionDecision decision = reader.readToDecision(() -> afterPoll(reader, stages, cancelled));
            List<FileEntry> files = files(stages, decision, cancelled);
            stages.checkpoint(reader.progress());
            return new FetchedPartition(decision, files);
        } catch (UnsupportedFormatException e) {
            throw new CorruptDataException(
                    topic.name(), "partition " + folder.partition(), String.valueOf(e.getMessage()), e);
        }
    }

    private void afterPoll(PartitionReader reader, PartitionStages stages, BooleanSupplier cancelled) {
        report(reader, stages);
        throttle.take(stages.countTaken(counts), cancelled);
        if (cancelled.getAsBoolean()) {
            throw new CancellationException();
        }
        if (stages.isDue()) {
            stages.checkpoint(reader.progress());
        }
    }

    /** An attempt that does not count in the end may have more. */
    private void report(PartitionReader reader, PartitionStages stages) {
        long now = Math.min(stages.keptBytes(reader.progress()), expectedBytes);
        progress.add(now - reportedBytes);
        reportedBytes = now;
    }

    private List<FileEntry> files(PartitionStages stages, PartitionDecision decision, BooleanSupplier cancelled) {
        return decision instanceof PartitionDecision.Committed committed
                ? committed
                        .attempt()
                        .map(winner -> stages.filesOf(topic.name(), winner, cancelled))
                        .orElse(List.of())
                : List.of();
    }
}
