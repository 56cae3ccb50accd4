package io.slipway.model.catalog;

import io.slipway.model.digest.Digest;
import java.util.Optional;

/**
 * What the catalog says of a version that is a delta.
 *
 * @param base the number of the version that its changes are on
 * @param result what base and changes together sum up to, as the first node that staged it found; every other must find
 *     the same
 */
public record DeltaEntry(long base, Optional<Digest> result) {

    /** The entry of a delta that no node has staged yet. */
    public static DeltaEntry on(long base) {
        return new DeltaEntry(base, Optional.empty());
    }
}
