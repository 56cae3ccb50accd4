package io.slipway.controller;

import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What keeps a version from being deleted, whoever wants it deleted: the retention rules and an operator ask the same.
 * What else comes to need a version (a delta that is stored as changes to it) belongs here. Stateless.
 */
final class Protection {

    private Protection() {}

    /** Why a version must not be retired, as the end of a sentence that begins with the version; none if it may be. */
    static Optional<String> of(DatasetEntry dataset, VersionEntry version) {
        if (version.state() == VersionState.CURRENT) {
            return Optional.of("is current: swap in or roll back to another one first");
        }
        if (version.review().pinned()) {
            return Optional.of("is pinned: `slipway unpin` it first");
        }
        if (dataset.requested().equals(OptionalLong.of(version.number()))) {
            return Optional.of("is to be swapped in as soon as it is staged: swap in another one first");
        }
        return Optional.empty();
    }
}
