package io.slipway.serving.ingest;

import io.slipway.kafka.AttemptName;
import io.slipway.kafka.control.AttemptId;
import io.slipway.kafka.read.AttemptStages;
import io.slipway.kafka.read.PartitionProgress;
import io.slipway.model.CorruptDataException;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.serving.ingest.Checkpoint.Kept;
import io.slipway.serving.metrics.FetchCounts;
import io.slipway.sst.FileShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The attempts at one partition in its part of the fetch folder, each apart. Attempts that the manifest does not name are
 * passed over, whatever they have. Used by one thread; {@link #close} deletes files that are not whole.
 */
final class PartitionStages implements AttemptStages, AutoCloseable {

    private static final Comparator<FileEntry> BY_CONTENT_AND_KEY =
            Comparator.comparing(FileEntry::content).thenComparing(FileEntry::leastKey);

    private final PartitionFolder folder;
    private final String topicId;
    private final List<FileEntry> named;
    private final FileShape shape;
    private final Map<Long, Kept> before = new LinkedHashMap<>();
    private final Map<Long, StagedAttempt> attempts = new LinkedHashMap<>();
    private final List<FileEntry> discarded = new ArrayList<>();
    private long nextFile;
    private long takenRecords;
    private long taken;
    private long takenSinceCheckpoint;

    /**
     * The stages of a partition, going on from a checkpoint.
     *
     * @param manifest says which attempts may count
     * @param shape how files are to be
     */
    PartitionStages(PartitionFolder folder, Manifest manifest, FileShape shape, Checkpoint checkpoint) {
        this.folder = folder;
        this.topicId = checkpoint.topicId();
        this.named = manifest.filesOf(folder.partition());
        this.shape = shape;
        this.nextFile = checkpoint.nextFile();
        checkpoint.attempts().forEach(kept -> before.put(kept.startOffset(), kept));
    }

    @Override
    public AttemptStage open(AttemptId id, long startOffset, Order order) {
        return stage(id, new Kept(startOffset, order == Order.SORTED, Optional.empty(), List.of()));
    }

    @Override
    public AttemptStage reopen(AttemptId id, long startOffset) {
        return stage(id, before.getOrDefault(startOffset, new Kept(startOffset, true, Optional.empty(), List.of())));
    }

    private AttemptStage stage(AttemptId id, Kept kept) {
        if (named.stream().noneMatch(file -> AttemptName.isOf(file, id))) {
            return new PassedOver(this);
        }
        SortedFiles output = new SortedFiles(this::newFile, shape, folder.partition());
        StagedAttempt attempt = new StagedAttempt(this, output, kept);
        attempts.put(kept.startOffset(), attempt);
        return attempt;
    }

    /** Whether so much was taken since the last checkpoint that another is to be made. */
    boolean isDue() {
        return takenSinceCheckpoint >= shape.bytes();
    }

    /**
     * Makes a checkpoint: see {@link Checkpoint}.
     *
     * @param progress how far the partition was read: all before is in the stages, and nothing else
     */
    void checkpoint(PartitionProgress progress) {
        attempts.values().forEach(StagedAttempt::flush);
        List<Kept> kept = attempts.values().stream().map(StagedAttempt::kept).toList();
        folder.write(new Checkpoint(topicId, nextFile, progress, kept));
        discarded.forEach(folder::delete);
        discarded.clear();
        takenSinceCheckpoint = 0;
    }

    /**
     * The files of the attempt that counts, once all of it was read.
     *
     * @param topic the topic's name, for messages
     * @param winner the attempt
     * @param cancelled asked now and then whether to stop
     * @throws CorruptDataException if the manifest names another, or a key is there twice
     * @throws java.util.concurrent.CancellationException if it was cancelled
     */
    List<FileEntry> filesOf(String topic, PartitionProgress.Attempt winner, BooleanSupplier cancelled) {
        String place = "partition " + folder.partition();
        StagedAttempt attempt = Optional.ofNullable(attempts.get(winner.startOffset()))
                .orElseThrow(() -> new CorruptDataException(
                        topic,
                        place,
                        "a COMMIT of an attempt that the manifest names: "
                                + named.stream().map(FileEntry::name).toList(),
                        winner.id()));
        attempt.merge(folder.folder(), cancelled);
        attempt.kept().twice().ifPresent(key -> {
            throw new CorruptDataException(
                    topic, place, "each key once in " + winner.id(), "the key " + key + " (hex) more than once");
        });
        return attempt.kept().files().stream().sorted(BY_CONTENT_AND_KEY).toList();
    }

    /** How many bytes of keys and values the attempts have that are kept, and may count. */
    long keptBytes(PartitionProgress progress) {
        return Checkpoint.bytes(progress, attempts.keySet());
    }

    /** Counts what was taken since it was counted before; gives how many bytes of keys and values that is. */
    long countTaken(FetchCounts counts) {
        long now = taken;
        counts.fetched(taken, takenRecords);
        taken = 0;
        takenRecords = 0;
        return now;
    }

    void took(int bytes) {
        taken += bytes;
        takenRecords++;
        takenSinceCheckpoint += bytes;
    }

    /** Deletes files as soon as no checkpoint names them any more. */
    void discard(List<FileEntry> files) {
        discarded.addAll(files);
    }

    void forget(long startOffset) {
        attempts.remove(startOffset);
    }

    @Override
    public void close() {
        attempts.values().forEach(StagedAttempt::close);
    }

    private Path newFile(FileEntry.Content content) {
        return folder.file(nextFile++, content);
    }

    /** An attempt that does not count, whatever it has. */
    private record PassedOver(PartitionStages partition) implements AttemptStage {

        @Override
        public void put(byte[] key, byte[] value) {
            partition.took(key.length + value.length);
        }

        @Override
        public void delete(byte[] key) {
            partition.took(key.length);
        }

        @Override
        public void end() {}

        @Override
        public void drop() {}
    }
}
