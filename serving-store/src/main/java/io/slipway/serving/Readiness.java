package io.slipway.serving;

import java.util.SortedMap;

/**
 * Whether a node can take readers.
 *
 * @param isInformed whether the node knows what it is to serve, from a catalog or from what it served last
 * @param datasets for each dataset that has a current version in the last known catalog, how it stands
 */
public record Readiness(boolean isInformed, SortedMap<String, DatasetReadiness> datasets) {

    /** Whether the node is informed, and serves every dataset that has a current version. */
    public boolean isReady() {
        return isInformed && datasets.values().stream().allMatch(dataset -> dataset.served() > 0);
    }

    /**
     * How one dataset stands.
     *
     * @param current the version that is current in the last known catalog
     * @param served the version that readers of this node get; 0 if none
     * @param problem why the two differ; empty if they do not
     */
    public record DatasetReadiness(long current, long served, String problem) {}
}
