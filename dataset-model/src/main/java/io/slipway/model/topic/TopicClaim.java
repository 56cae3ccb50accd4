package io.slipway.model.topic;

import io.slipway.model.VersionId;
import io.slipway.model.repository.Claim;
import java.util.Optional;

/**
 * A version that was claimed for a topic.
 *
 * @param claim its claim
 * @param state what became of it
 * @param manifestSha256 the hash of its manifest in hex, if it is committed
 */
public record TopicClaim(Claim claim, State state, Optional<String> manifestSha256) {

    /** What became of a claim. */
    public enum State {
        /** Nothing yet. */
        OPEN,
        /** The version is complete, for ever. */
        COMMITTED,
        /** The version will never be. */
        ABORTED
    }

    /** The version. */
    public VersionId version() {
        return claim.version();
    }
}
