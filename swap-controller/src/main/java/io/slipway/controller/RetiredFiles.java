package io.slipway.controller;

import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.StoredFile;
import java.util.HashSet;
import java.util.Set;

/**
 * Deletes the files of versions that the catalog says are retired, once no node has them any more. The claim and the
 * decision stay for ever, so that numbers are not reused and run ids are found. Used by one thread.
 */
final class RetiredFiles {

    private final Repository repository;

    /** Versions of which nothing is left to delete, so that they are not listed again and again. */
    private final Set<VersionId> done = new HashSet<>();

    RetiredFiles(Repository repository) {
        this.repository = repository;
    }

    void delete(Catalog catalog, Observation nodes) {
        for (DatasetEntry dataset : catalog.datasets().values()) {
            for (VersionEntry version : dataset.versions().values()) {
                VersionId id = dataset.id(version.number());
                if (version.state() == VersionState.RETIRED && nodes.isGoneEverywhere(id) && !done.contains(id)) {
                    deleteFiles(id);
                    done.add(id);
                }
            }
        }
    }

    private void deleteFiles(VersionId version) {
        for (StoredFile file : repository.files(version)) {
            if (Layout.isDeletedOnRetirement(file.name())) {
                repository.storage().delete(Layout.file(version, file.name()));
            }
        }
    }
}
