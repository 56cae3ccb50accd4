package io.slipway.controller;

import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.Review;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Repository;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All versions of a dataset as operators see them: what the catalog says, and from the repository what no controller has
 * seen yet. Thread-safe.
 */
public final class VersionViews {

    private final Repository repository;
    private final CatalogStore catalog;

    /** Views of the versions in a repository. */
    public VersionViews(Repository repository, CatalogStore catalog) {
        this.repository = repository;
        this.catalog = catalog;
    }

    /** The datasets that the catalog or the repository has. */
    public List<DatasetName> datasets() {
        TreeSet<DatasetName> names = new TreeSet<>(repository.datasets());
        names.addAll(catalog.latest().datasets().keySet());
        return List.copyOf(names);
    }

    /** The versions of a dataset, newest first; none if there is no such dataset. */
    public List<VersionView> of(DatasetName dataset) {
        Catalog latest = catalog.latest();
        List<VersionView> views = new ArrayList<>();
        for (VersionId version : repository.versions(dataset)) {
            views.add(latest.datasetOrEmpty(dataset)
                    .version(version.number())
                    .map(entry -> known(version, entry))
                    .orElseGet(() -> unknown(version)));
        }
        Collections.reverse(views);
        return views;
    }

    private VersionView known(VersionId version, VersionEntry entry) {
        try {
            return VersionView.of(version, entry, manifest(version));
        } catch (CorruptDataException | UnsupportedFormatException e) {
            return VersionView.of(version, entry, Optional.empty());
        }
    }

    private Optional<Manifest> manifest(VersionId version) {
        return repository
                .decision(version)
                .flatMap(decision -> decision instanceof Decision.Committed committed
                        ? Optional.of(committed.manifest())
                        : Optional.empty());
    }

    private VersionView unknown(VersionId version) {
        try {
            return repository
                    .decision(version)
                    .map(decision -> decided(version, decision))
                    .orElseGet(() -> view(version, VersionState.CLAIMED, ""));
        } catch (CorruptDataException | UnsupportedFormatException e) {
            return view(version, VersionState.COMMITTED, e.getMessage());
        }
    }

    private static VersionView decided(VersionId version, Decision decision) {
        if (decision instanceof Decision.Committed committed) {
            return new VersionView(
                    version,
                    VersionState.COMMITTED,
                    Optional.of(committed.manifest().provenance().end()),
                    false,
                    "",
                    Optional.empty(),
                    Optional.of(committed.manifest()),
                    Review.NONE);
        }
        return view(version, VersionState.ABORTED, ((Decision.Aborted) decision).reason());
    }

    private static VersionView view(VersionId version, VersionState state, String reason) {
        return new VersionView(
                version, state, Optional.empty(), false, reason, Optional.empty(), Optional.empty(), Review.NONE);
    }
}
