package io.slipway.controller;

import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.StoredFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What could be freed in a repository, for somebody who needs room. Lists every version's files, so it is for the rare case
 * that there is none.
 *
 * @param retirableBytes the files of versions that an operator may retire, and that nobody may come to read without one
 * @param collectableBytes the files that a controller deletes by itself once it is their time: those of retired and aborted
 *     versions, and those that no decision names
 */
public record FreeableSpace(long retirableBytes, long collectableBytes) {

    private static final Set<VersionState> RETIRABLE =
            Set.of(VersionState.RETAINED, VersionState.HELD, VersionState.REJECTED);

    /**
     * Sums up a repository.
     *
     * @throws io.slipway.model.UnavailableException if it cannot be read
     */
    public static FreeableSpace of(Repository repository, Catalog catalog) {
        FreeableSpace sum = new FreeableSpace(0, 0);
        for (DatasetName name : repository.datasets()) {
            DatasetEntry dataset = catalog.datasetOrEmpty(name);
            List<Long> bases = DeltaRules.neededBases(dataset);
            for (VersionId version : repository.versions(name)) {
                boolean isBase = bases.contains(version.number());
                Optional<VersionEntry> entry = dataset.version(version.number()).filter(found -> !isBase);
                sum = sum.plus(of(repository, version, dataset, entry));
            }
        }
        return sum;
    }

    private static FreeableSpace of(
            Repository repository, VersionId version, DatasetEntry dataset, Optional<VersionEntry> entry) {
        Optional<Set<String>> named = named(repository, version);
        if (named.isEmpty()) {
            return new FreeableSpace(0, 0);
        }
        long namedBytes = 0;
        long otherBytes = 0;
        for (StoredFile file : repository.files(version)) {
            if (Layout.isDeletedOnRetirement(file.name())) {
                boolean isNamed = named.get().contains(file.name());
                namedBytes += isNamed ? file.bytes() : 0;
                otherBytes += isNamed || Layout.isSession(file.name()) ? 0 : file.bytes();
            }
        }
        boolean isRetired =
                entry.filter(found -> found.state() == VersionState.RETIRED).isPresent();
        boolean isRetirable = entry.filter(found -> RETIRABLE.contains(found.state()))
                .filter(found -> Protection.of(dataset, found).isEmpty())
                .isPresent();
        return new FreeableSpace(isRetirable ? namedBytes : 0, otherBytes + (isRetired ? namedBytes : 0));
    }

    /** The files that a decided version consists of; none where it is not decided, and its writers may live. */
    private static Optional<Set<String>> named(Repository repository, VersionId version) {
        try {
            return repository
                    .decision(version)
                    .map(decision -> decision instanceof Decision.Committed committed
                            ? committed.manifest().files().stream()
                                    .map(FileEntry::name)
                                    .collect(Collectors.toSet())
                            : Set.of());
        } catch (CorruptDataException | UnsupportedFormatException e) {
            return Optional.empty();
        }
    }

    private FreeableSpace plus(FreeableSpace other) {
        return new FreeableSpace(retirableBytes + other.retirableBytes, collectableBytes + other.collectableBytes);
    }
}
