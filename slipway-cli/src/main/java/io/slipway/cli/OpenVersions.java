package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.manifest.Manifest;
import io.slipway.serving.ingest.TopicFiles;
import io.slipway.sst.VersionFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/**
 * The files of a repository's versions, for one command or one answer; to be closed.
 *
 * @param files those of versions in topics only if a cluster was named, else they are refused
 * @param closing lets go of what was made of topics
 */
record OpenVersions(VersionFiles files, Runnable closing) implements AutoCloseable {

    /**
     * Opens the versions of a repository.
     *
     * @param cluster has the topics of those of the Kafka route
     * @param scratch where files are made of these
     * @param progress is told how many bytes more were read of a version's topic; what it throws ends that
     */
    static OpenVersions of(
            OpenRepository opened, Optional<KafkaSettings> cluster, Path scratch, ObjLongConsumer<Manifest> progress) {
        if (cluster.isEmpty()) {
            return new OpenVersions(VersionFiles.of(opened.repository()), () -> {});
        }
        TopicFiles topics = new TopicFiles(opened.repository(), cluster.get(), scratch, progress);
        return new OpenVersions(topics, topics::close);
    }

    /** The same, showing people how far topics are read. */
    static OpenVersions shown(OpenRepository opened, Optional<KafkaSettings> cluster, Path scratch) {
        TopicProgress progress = new TopicProgress();
        OpenVersions versions = of(opened, cluster, scratch, progress);
        return new OpenVersions(versions.files(), () -> {
            progress.close();
            versions.close();
        });
    }

    @Override
    public void close() {
        closing.run();
    }
}
