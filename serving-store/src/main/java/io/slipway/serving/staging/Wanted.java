package io.slipway.serving.staging;

import io.slipway.model.catalog.DeltaEntry;
import io.slipway.model.catalog.Setting.Verification;
import io.slipway.model.digest.Digest;
import io.slipway.sst.FileShape;
import java.util.Optional;

/**
 * What the catalog says of a version that a node is to have.
 *
 * @param manifestSha256 the hash of its manifest
 * @param verification how far to verify it
 * @param shape how the dataset's files are to be, where this node makes them itself
 * @param delta what it is a delta on, if it is one
 */
public record Wanted(String manifestSha256, Verification verification, FileShape shape, Optional<DeltaEntry> delta) {

    /** What a delta's changes and its base together have to sum up to, if some node has found it before. */
    public Optional<Digest> result() {
        return delta.flatMap(DeltaEntry::result);
    }
}
