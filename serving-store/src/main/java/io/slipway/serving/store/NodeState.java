package io.slipway.serving.store;

import io.slipway.model.DatasetName;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node shows its readers, as it is synced to disk before it is shown. Immutable.
 *
 * @param nodeId the node's name, the same for all its life
 * @param catalogSequence the catalog that the replies name: each dataset is served as this catalog says, or later
 * @param seenSequence the highest catalog of which anything was shown; never below {@code catalogSequence}
 * @param datasets the datasets by name
 */
public record NodeState(
        String nodeId, long catalogSequence, long seenSequence, SortedMap<DatasetName, Served> datasets) {

    /** Takes a copy of the map. */
    public NodeState {
        datasets = Collections.unmodifiableSortedMap(new TreeMap<>(datasets));
    }

    /** The state of a node that has not served anything yet. */
    public static NodeState fresh(String nodeId) {
        return new NodeState(nodeId, 0, 0, new TreeMap<>());
    }

    /**
     * What is served of one dataset.
     *
     * @param current the version that is read by default, if there is one
     * @param manifests the hash of the manifest of every version that can be read, by number
     */
    public record Served(OptionalLong current, SortedMap<Long, String> manifests) {

        /** Takes a copy of the map. */
        public Served {
            manifests = Collections.unmodifiableSortedMap(new TreeMap<>(manifests));
        }
    }
}
