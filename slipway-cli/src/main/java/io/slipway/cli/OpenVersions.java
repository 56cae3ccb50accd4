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
 * The files of a repository's versions, for one command or one answer.
 *
 * @param files those of versions in topics only if a cluster was named, else they are refused
 * @param made what was made of topics, to be closed
 */
record OpenVersions(VersionFiles files, Optional<TopicFiles> made) implements AutoCloseable {

    /**
     * Opens the versions of a repository.
     *
     * @param cluster has the topics of those of the Kafka route
     * @param scratch where files are made of these
     * @param progress is told how many bytes more were read of a version's topic
     */
    static OpenVersions of(
            OpenRepository opened, Optional<KafkaSettings> cluster, Path scratch, ObjLongConsumer<Manifest> progress) {
        Optional<TopicFiles> topics =
                cluster.map(settings -> new TopicFiles(opened.repository(), settings, scratch, progress));
        VersionFiles files =
                topics.<VersionFiles>map(made -> made).orElseGet(() -> VersionFiles.of(opened.repository()));
        return new OpenVersions(files, topics);
    }

    @Override
    public void close() {
        made.ifPresent(TopicFiles::close);
    }
}
