package io.slipway.cli;

import io.slipway.controller.Approvals;
import io.slipway.controller.Operations;
import io.slipway.controller.Removal;
import io.slipway.controller.VersionViews;
import io.slipway.model.NotFoundException;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import picocli.CommandLine.Option;

/** The option {@code --repository}, and what is opened with it. */
final class RepositoryOption {

    @Option(
            names = "--repository",
            required = true,
            paramLabel = "FOLDER",
            description = "The folder of the repository, which holds all versions and the catalog.")
    private Path folder;

    /** The folder as it was given. */
    Path folder() {
        return folder;
    }

    /** Opens a repository that must be there. */
    OpenRepository open() {
        if (!Files.isDirectory(folder)) {
            throw new NotFoundException("There is no repository " + folder
                    + ". Name the folder that was published to, or publish something there.");
        }
        return openOrCreate();
    }

    /** Opens a repository, which is created when something is written. */
    OpenRepository openOrCreate() {
        return OpenRepository.of(folder);
    }

    /**
     * A repository, and what works on it.
     *
     * @param storage its storage, to be closed
     */
    record OpenRepository(LocalFolderStorage storage, Repository repository, CatalogStore catalog)
            implements AutoCloseable {

        static OpenRepository of(Path folder) {
            LocalFolderStorage storage = new LocalFolderStorage(folder);
            return new OpenRepository(
                    storage,
                    new Repository(storage, clock(), OpenRepository::writeId, Operator.name()),
                    new CatalogStore(storage, clock(), OpenRepository::writeId));
        }

        /** The wall clock. */
        static InstantSource clock() {
            return InstantSource.system();
        }

        Operations operations() {
            return new Operations(repository, catalog, clock());
        }

        Approvals approvals() {
            return new Approvals(catalog, clock());
        }

        Removal removal() {
            return new Removal(catalog, clock());
        }

        VersionViews views() {
            return new VersionViews(repository, catalog);
        }

        @Override
        public void close() {
            storage.close();
        }

        private static String writeId() {
            return UUID.randomUUID().toString();
        }
    }
}
