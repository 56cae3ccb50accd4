package io.slipway.sst;

import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Repository;
import java.util.List;

/**
 * The committed versions of a repository as SST files that can be read on this machine, wherever their records lie: what
 * compares, exports, verifies or looks up works on these files alone. Thread-safe.
 */
public interface VersionFiles {

    /** Has the manifests of all versions. */
    Repository repository();

    /**
     * All files of a version; of a delta, those of its changes. The first call may take as long as reading the version does.
     *
     * @return by partition, then by key, apart for each content; what each is to be is in its entry, which whoever reads it
     *     compares
     * @throws io.slipway.model.CorruptDataException if its records are not what the manifest says, as far as that is known
     *     without reading the files
     * @throws io.slipway.model.InvalidInputException if its records are where this does not look
     * @throws io.slipway.model.UnavailableException if its records cannot be read now
     */
    List<VersionFile> of(Manifest manifest);

    /** Those of one partition; none if it is empty. */
    default List<VersionFile> of(Manifest manifest, int partition) {
        return of(manifest).stream()
                .filter(file -> file.entry().partition() == partition)
                .toList();
    }

    /** The files of versions that lie in their repository; versions in topics are refused. */
    static VersionFiles of(Repository repository) {
        return new RepositoryFiles(repository);
    }
}
