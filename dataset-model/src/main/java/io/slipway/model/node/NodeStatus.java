package io.slipway.model.node;

import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import java.util.Map;
import java.util.Optional;

/**
 * What a node has.
 *
 * @param catalogSequence the sequence of the catalog that readers of the node see
 * @param versions how far it is with each version that the catalog wants it to have
 */
public record NodeStatus(long catalogSequence, Map<VersionId, Staging> versions) {

    /** Takes a copy of the map. */
    public NodeStatus {
        versions = Map.copyOf(versions);
    }

    /** How far the node is with a version, if it has begun. */
    public Optional<Staging> staging(VersionId version) {
        return Optional.ofNullable(versions.get(version));
    }

    /**
     * How far a node is with a version.
     *
     * @param phase where it is
     * @param bytesDone how much of it is fetched
     * @param bytesTotal how much there is to fetch
     * @param problem what is wrong, in {@link Phase#REFUSED} and {@link Phase#FAILING}; else empty
     * @param result of a delta in {@link Phase#STAGED}, what it and its base together sum up to
     */
    public record Staging(Phase phase, long bytesDone, long bytesTotal, String problem, Optional<Digest> result) {

        /** A staging without a delta's result. */
        public Staging(Phase phase, long bytesDone, long bytesTotal, String problem) {
            this(phase, bytesDone, bytesTotal, problem, Optional.empty());
        }
    }

    /** Where a node is with a version. */
    public enum Phase {
        /** It fetches and verifies. */
        STAGING,
        /** It cannot go on for now (storage away, disk full), and tries again. */
        FAILING,
        /** The repository's files are not what the manifest says: nobody can ever stage it. */
        REFUSED,
        /** It has the version, open, verified and invisible or visible as the catalog says. */
        STAGED
    }
}
