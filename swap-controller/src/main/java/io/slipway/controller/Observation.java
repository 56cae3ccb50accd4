package io.slipway.controller;

import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.node.Node;
import io.slipway.model.node.NodeStatus;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.node.NodeStatus.Staging;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the nodes that count said when they were last asked. A node that did not answer is one that has nothing.
 * Immutable.
 *
 * @param nodes how many nodes count
 * @param statuses what those said that answered
 */
record Observation(int nodes, List<NodeStatus> statuses) {

    private static final Logger LOG = LoggerFactory.getLogger(Observation.class);

    /** Takes a copy of the list. */
    Observation {
        statuses = List.copyOf(statuses);
    }

    /** Asks the nodes. */
    static Observation of(List<Node> nodes) {
        List<NodeStatus> statuses = new ArrayList<>();
        for (Node node : nodes) {
            try {
                statuses.add(node.status());
            } catch (UnavailableException e) {
                LOG.warn("Node {} does not answer: {}", node.id(), e.getMessage());
            }
        }
        return new Observation(nodes.size(), statuses);
    }

    /** Whether every node that counts has the version, and there is one. */
    boolean isStagedEverywhere(VersionId version) {
        return nodes > 0 && statuses.size() == nodes && count(version, Phase.STAGED) == nodes;
    }

    /** Whether a node has the version. */
    boolean isStagedSomewhere(VersionId version) {
        return count(version, Phase.STAGED) > 0;
    }

    /** Whether some node is fetching or about to. */
    boolean isProgressing(VersionId version) {
        return count(version, Phase.FAILING) == 0;
    }

    /** What is wrong with the version in the repository, if a node found something. */
    Optional<String> refusal(VersionId version) {
        return statuses.stream()
                .flatMap(status -> status.staging(version).stream())
                .filter(staging -> staging.phase() == Phase.REFUSED)
                .map(Staging::problem)
                .findFirst();
    }

    /** What nodes found a delta and its base to sum up to, each result once. */
    List<Digest> results(VersionId version) {
        return statuses.stream()
                .flatMap(status -> status.staging(version).stream())
                .flatMap(staging -> staging.result().stream())
                .distinct()
                .toList();
    }

    /** Whether no node that counts has anything of the version; a node that did not answer may. */
    boolean isGoneEverywhere(VersionId version) {
        return statuses.size() == nodes
                && statuses.stream().allMatch(status -> status.staging(version).isEmpty());
    }

    private long count(VersionId version, Phase phase) {
        return statuses.stream()
                .flatMap(status -> status.staging(version).stream())
                .filter(staging -> staging.phase() == phase)
                .count();
    }
}
