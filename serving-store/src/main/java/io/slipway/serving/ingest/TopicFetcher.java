package io.slipway.serving.ingest;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.read.VersionCheck;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.VersionTopic;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.serving.metrics.FetchCounts;
import io.slipway.serving.staging.FetchTasks;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.staging.Throttle;
import io.slipway.serving.staging.VersionSource;
import io.slipway.sst.FileShape;
import io.slipway.sst.SstCheck;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Makes SST files of the records of committed versions in their topics, several partitions at a time. Thread-safe.
 *
 * <p>That the topic is the manifest's is checked before it is read and after; every partition has been read to its COMMIT, and
 * all agree with the manifest, before any file is given. A partition is read by one thread with one consumer; each has in
 * memory what the consumer has fetched (4 MiB, or one batch if that is larger), what it gives at a time, and, only where keys
 * do not ascend, {@value SortBuffer#MOST_MEBIBYTES} MiB of records that are being sorted.
 */
public final class TopicFetcher implements VersionSource, AutoCloseable {

    private final FetchCounts counts = new FetchCounts();
    private final Cluster cluster;
    private final Executor executor;
    private final Throttle throttle;

    /**
     * A fetcher.
     *
     * @param cluster where the topics are; closed with this fetcher
     * @param executor its threads say how many partitions are read at a time
     * @param throttle bounds the bytes of keys and values per second of all partitions together
     */
    public TopicFetcher(Cluster cluster, Executor executor, Throttle throttle) {
        this.cluster = cluster;
        this.executor = executor;
        this.throttle = throttle;
    }

    /** What it has fetched. */
    public FetchCounts counts() {
        return counts;
    }

    /** Keeps what the partitions' checkpoints name. */
    @Override
    public long prune(Manifest manifest, Path folder) throws IOException {
        Set<String> kept = new HashSet<>();
        long bytes = 0;
        for (int partition = 0; partition < manifest.partitions().size(); partition++) {
            PartitionFolder files = new PartitionFolder(folder, partition);
            Checkpoint checkpoint = files.read(topic(manifest).id());
            kept.add(files.document());
            checkpoint.files().forEach(file -> kept.add(file.name()));
            bytes += checkpoint.bytes();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path file : found) {
                if (!kept.contains(String.valueOf(file.getFileName()))) {
                    ProcessFolder.deleteTree(file);
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing was fetched.
        }
        return Math.min(bytes, manifest.bytes());
    }

    @Override
    public List<FileEntry> fetch(CommittedVersion version, FileShape shape, Path folder, StagingProgress progress) {
        Manifest manifest = version.manifest();
        checkTopic(manifest);
        List<FetchTasks.Task<FetchedPartition>> tasks = new ArrayList<>();
        for (int partition = 0; partition < manifest.partitions().size(); partition++) {
            PartitionFetch fetch = new PartitionFetch(
                    cluster, manifest, new PartitionFolder(folder, partition), shape, throttle, counts, progress);
            tasks.add(fetch::run);
        }
        List<FetchedPartition> fetched = FetchTasks.run(executor, tasks, progress);
        VersionCheck.check(
                version, fetched.stream().map(FetchedPartition::decision).toList());
        checkTopic(manifest);
        List<FileEntry> files = fetched.stream()
                .flatMap(partition -> partition.files().stream())
                .toList();
        files.forEach(file -> SstCheck.checkPartition(manifest, file));
        return files;
    }

    /** No fetch may be running. */
    @Override
    public void close() {
        cluster.close();
    }

    private void checkTopic(Manifest manifest) {
        VersionCheck.checkTopic(manifest, cluster.topic(topic(manifest).name()));
    }

    private static VersionTopic topic(Manifest manifest) {
        return manifest.topic().orElseThrow();
    }
}
