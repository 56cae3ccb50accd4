package io.slipway.serving.staging;

import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.serving.store.DataFolder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Refuses a staging that does not fit on the node's disk before it writes anything, so that a disk is never filled while
 * readers are served from it. Thread-safe.
 */
final class SpaceGuard {

    private final DataFolder data;
    private final Path folder;
    private final long reserveBytes;

    /**
     * A guard of a node's disk.
     *
     * @param reserveBytes what has to be free after a staging
     */
    SpaceGuard(DataFolder data, long reserveBytes) {
        this.data = data;
        this.folder = data.path();
        this.reserveBytes = reserveBytes;
    }

    /**
     * Requires room for a version.
     *
     * @param bytes what is still to be fetched of it
     * @throws UnavailableException if there is none, with what it needs, what is free, and what could be freed
     */
    void require(VersionId version, long bytes) throws IOException {
        long free = data.usableBytes();
        if (free - reserveBytes >= bytes) {
            return;
        }
        throw new UnavailableException(String.format(
                "The %s needs %,d bytes on the node's disk and %,d are to stay free, but %s has %,d left; the other"
                        + " versions of the dataset there take %,d. It is tried again: free some space, retire a"
                        + " version, or lower the dataset's retention.",
                version, bytes, reserveBytes, folder, free, data.bytesBeside(version)));
    }
}
