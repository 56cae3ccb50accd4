package io.slipway.serving.ingest;

import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.VersionTopic;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Compression;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.staging.Throttle;
import io.slipway.sst.FileShape;
import io.slipway.sst.VersionFile;
import io.slipway.sst.VersionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ObjLongConsumer;

/**
 * The files of versions of both routes, without a node. Those of a version in a topic are made of its records as a node makes
 * them ({@link TopicFetcher}), when they are first asked for: all of the topic is read, and compared with the manifest. They
 * lie in a scratch folder, and are gone when this is closed. Until then the disk has to hold them; the memory does not grow
 * with them. Thread-safe.
 */
public final class TopicFiles implements VersionFiles, AutoCloseable {

    private static final int PARTITIONS_AT_A_TIME = 2;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final FileShape SHAPE = new FileShape(Compression.LZ4, FileShape.DEFAULT.bytes());

    private final VersionFiles stored;
    private final KafkaCluster cluster;
    private final Path scratchParent;
    private final ObjLongConsumer<Manifest> progress;
    private final ExecutorService threads;
    private final TopicFetcher fetcher;
    private final Map<VersionId, List<VersionFile>> made = new HashMap<>();
    private Optional<ProcessFolder> scratch = Optional.empty();

    /**
     * The files of a repository's versions. Nothing is connected or created before a version in a topic is asked for.
     *
     * @param settings the cluster with the topics
     * @param scratchParent where the scratch folder is to be
     * @param progress is told, by several threads, how many more bytes of keys and values were read of a version, of as many as
     *     its manifest says; what it throws ends the reading
     */
    public TopicFiles(
            Repository repository, KafkaSettings settings, Path scratchParent, ObjLongConsumer<Manifest> progress) {
        this.stored = VersionFiles.of(repository);
        this.cluster = new KafkaCluster(settings);
        this.scratchParent = scratchParent;
        this.progress = progress;
        this.threads = Executors.newFixedThreadPool(PARTITIONS_AT_A_TIME, task -> {
            Thread thread = new Thread(task, "slipway-topic");
            thread.setDaemon(true);
            return thread;
        });
        this.fetcher = new TopicFetcher(cluster, threads, new Throttle(0, System::nanoTime, LockSupport::parkNanos));
    }

    @Override
    public Repository repository() {
        return stored.repository();
    }

    @Override
    public List<VersionFile> of(Manifest manifest) {
        return manifest.topic().isEmpty()
                ? stored.of(manifest)
                : ofTopic(manifest, manifest.topic().get());
    }

    /** No file may be open. */
    @Override
    public void close() {
        threads.shutdown();
        fetcher.close();
        scratch.ifPresent(ProcessFolder::close);
    }

    /** Whoever asks for a version while it is read waits; what failed is tried again when it is asked for again. */
    private synchronized List<VersionFile> ofTopic(Manifest manifest, VersionTopic topic) {
        List<VersionFile> known = made.get(manifest.version());
        if (known != null) {
            return known;
        }
        cluster.requireReachable(ANSWER_WITHIN);
        Path folder = newFolder();
        List<VersionFile> files = fetch(manifest, folder).stream()
                .map(file -> VersionFile.made(
                        folder.resolve(file.name()),
                        file,
                        part(manifest, topic, file).name(),
                        topic.name() + ", partition " + file.partition()))
                .toList();
        made.put(manifest.version(), files);
        return files;
    }

    private List<FileEntry> fetch(Manifest manifest, Path folder) {
        Decision.Committed committed = repository().committed(manifest.version());
        StagingProgress told = new StagingProgress(bytes -> progress.accept(manifest, bytes));
        return fetcher.fetch(new CommittedVersion(manifest, committed.sha256()), SHAPE, folder, told);
    }

    /** What the manifest has in the place of a file. */
    private static FileEntry part(Manifest manifest, VersionTopic topic, FileEntry file) {
        return manifest.filesOf(file.partition()).stream()
                .filter(named -> named.content() == file.content())
                .findFirst()
                .orElseThrow(() -> new CorruptDataException(
                        topic.name(), "partition " + file.partition(), "no " + file.content(), file.records()));
    }

    private Path newFolder() {
        try {
            if (scratch.isEmpty()) {
                scratch = Optional.of(ProcessFolder.open(scratchParent));
            }
            return Files.createDirectory(scratch.get().newFile());
        } catch (IOException e) {
            throw new UnavailableException(
                    "The scratch folder " + scratchParent + " cannot be written (" + e
                            + "). Make it writable, or choose another.",
                    e);
        }
    }
}
