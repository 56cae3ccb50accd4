package io.slipway.controller;

import io.slipway.model.CorruptDataException;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.StoredFile;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Deletes the files of versions that the catalog says are retired, once no node has them any more and no delta that may
 * still be needed is built on them. The claim and the decision stay for ever, so that numbers are not reused and run ids
 * are found. Used by one thread.
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
            List<VersionId> deletable = deletable(dataset, nodes).stream()
                    .filter(id -> !done.contains(id))
                    .toList();
            if (!deletable.isEmpty()) {
                Set<Long> claimed = claimedBases(dataset);
                deletable.stream().filter(id -> !claimed.contains(id.number())).forEach(this::deleteFiles);
            }
        }
    }

    /** Retired versions that no node has, and on which nothing that may be needed is built as far as the catalog knows. */
    static List<VersionId> deletable(DatasetEntry dataset, Observation nodes) {
        Set<Long> needed = new HashSet<>(DeltaRules.neededBases(dataset));
        return dataset.versions().values().stream()
                .filter(version -> version.state() == VersionState.RETIRED && !needed.contains(version.number()))
                .map(version -> dataset.id(version.number()))
                .filter(nodes::isGoneEverywhere)
                .toList();
    }

    /**
     * What deltas are built on that the catalog does not have: they are being published, or were committed just now. A
     * publisher looks at its base's state after its claim, so one whose claim is not seen here finds the base retired.
     */
    private Set<Long> claimedBases(DatasetEntry dataset) {
        Set<Long> bases = new HashSet<>();
        for (VersionId version : repository.versions(dataset.name())) {
            if (dataset.version(version.number()).isEmpty() && isLive(version)) {
                OptionalLong base = repository.claim(version).map(Claim::base).orElse(OptionalLong.empty());
                base.ifPresent(number -> {
                    bases.add(number);
                    bases.addAll(dataset.bases(number));
                });
            }
        }
        return bases;
    }

    private boolean isLive(VersionId version) {
        try {
            return !(repository.decision(version).orElse(null) instanceof Decision.Aborted);
        } catch (CorruptDataException | UnsupportedFormatException e) {
            return true;
        }
    }

    private void deleteFiles(VersionId version) {
        for (StoredFile file : repository.files(version)) {
            if (Layout.isDeletedOnRetirement(file.name())) {
                repository.storage().delete(Layout.file(version, file.name()));
            }
        }
        done.add(version);
    }
}
