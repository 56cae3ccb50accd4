package io.slipway.sst;

import io.slipway.model.InvalidInputException;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Repository;
import java.util.List;

/** The files of versions that lie in their repository. Thread-safe. */
record RepositoryFiles(Repository repository) implements VersionFiles {

    @Override
    public List<VersionFile> of(Manifest manifest) {
        return files(manifest, manifest.files());
    }

    @Override
    public List<VersionFile> of(Manifest manifest, int partition) {
        return files(manifest, manifest.filesOf(partition));
    }

    private List<VersionFile> files(Manifest manifest, List<FileEntry> entries) {
        manifest.topic().ifPresent(topic -> {
            throw new InvalidInputException("The records of " + manifest.version() + " are in the topic " + topic.name()
                    + ", not in the repository. Name the cluster that has it with --kafka HOST:PORT.");
        });
        return entries.stream()
                .map(file -> VersionFile.stored(repository.storage(), manifest.version(), file))
                .toList();
    }
}
