package io.slipway.serving.staging;

import io.slipway.model.UnavailableException;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.RepositoryStorage;

/**
 * Tells a file that is missing in a repository from a repository that is missing: an unmounted folder looks empty, and
 * must not make a node refuse a good version for ever. Stateless.
 */
final class StorageCheck {

    private StorageCheck() {}

    /**
     * Checks that the repository is there at all.
     *
     * @throws UnavailableException if it has no catalog, which every repository with something to stage has
     */
    static void requireThere(RepositoryStorage storage) {
        if (storage.files(Layout.CATALOG).isEmpty()) {
            throw new UnavailableException("The repository " + storage.location()
                    + " is empty or away. It is tried again; mount it or move it back.");
        }
    }
}
