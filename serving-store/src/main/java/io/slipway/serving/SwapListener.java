package io.slipway.serving;

import io.slipway.model.VersionId;
import java.util.Optional;

/** Is told what readers of a node see from now on. */
@FunctionalInterface
public interface SwapListener {

    /**
     * Another version is read by default: every lookup that begins after this call reads it, or a later one. Called by the
     * thread that follows the catalog, which waits; what is thrown is logged.
     *
     * @param current the version that is read now
     * @param before the one that was read before; none if this is the first
     */
    void swapped(VersionId current, Optional<VersionId> before);
}
