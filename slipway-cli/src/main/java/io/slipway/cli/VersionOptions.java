package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.kafka.cluster.KafkaSettings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that read versions without a node: where those of the Kafka route are. */
final class VersionOptions {

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--scratch",
            paramLabel = "FOLDER",
            description = "Folder on the local disk that holds what is read from topics while the command runs."
                    + " Default: one in the folder for temporary files.")
    private Path scratch;

    /** The cluster, if one was named. */
    Optional<KafkaSettings> cluster(CommandLine command) {
        return kafka.settings(command);
    }

    /** Opens the versions of a repository, to be closed. */
    OpenVersions open(OpenRepository opened, CommandLine command) {
        return OpenVersions.shown(
                opened, cluster(command), Optional.ofNullable(scratch).orElseGet(EngineOptions::defaultScratch));
    }
}
