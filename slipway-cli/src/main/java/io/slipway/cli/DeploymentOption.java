package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.NotFoundException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options {@code --repository} and {@code --server}: where a command that changes a running deployment says so. */
final class DeploymentOption {

    @ArgGroup(multiplicity = "1")
    private Choice choice;

    @Mixin
    private ServerAccess access;

    /** One of the two. */
    private static final class Choice {

        @Option(
                names = "--repository",
                paramLabel = "FOLDER",
                description = "The folder of the repository: the catalog there is changed.")
        private Path folder;

        @Option(
                names = "--server",
                paramLabel = "URL",
                description = "The administration port of a running `slipway serve`, which is asked to do it:"
                        + " http://127.0.0.1:8081.")
        private URI server;
    }

    /** The server to ask, if one was named. */
    Optional<ControllerClient> server() {
        return Optional.ofNullable(choice.server).map(server -> new ControllerClient(server, access));
    }

    /** The repository, where it was named. */
    OpenRepository open() {
        if (!Files.isDirectory(choice.folder)) {
            throw new NotFoundException(
                    "There is no repository " + choice.folder + ". Name the folder that was published to.");
        }
        return OpenRepository.of(choice.folder);
    }
}
