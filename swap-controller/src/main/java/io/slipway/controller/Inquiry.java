package io.slipway.controller;

import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.canary.Canary;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.GateSettings;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.node.DataFindings;
import io.slipway.model.node.DataQuestion;
import io.slipway.model.node.DataQuestion.Sample;
import io.slipway.model.node.Node;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks nodes what the gates want to know about the records of staged versions. Never waits for a node to find out. Used by
 * one thread.
 */
final class Inquiry {

    private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);
    private static final DataFindings NOTHING_ASKED = new DataFindings(List.of(), Optional.empty(), "");

    private final List<Node> nodes;

    /** An inquiry of nodes, of which each is asked only if none before it answers: they would all answer the same. */
    Inquiry(List<Node> nodes) {
        this.nodes = nodes;
    }

    /** What a node found in a version's records; none while it is looking, or no node can look now. */
    Optional<DataFindings> findings(DatasetEntry dataset, VersionEntry version) {
        DataQuestion question = question(dataset, version);
        if (question.canaries().isEmpty() && question.sample().isEmpty()) {
            return Optional.of(NOTHING_ASKED);
        }
        for (Node node : nodes) {
            try {
                return node.examine(question);
            } catch (UnavailableException e) {
                LOG.debug("Node {} cannot look into {} now: {}", node.id(), question.next(), e.getMessage());
            }
        }
        return Optional.empty();
    }

    private static DataQuestion question(DatasetEntry dataset, VersionEntry version) {
        List<Canary> canaries = dataset.settings().get(GateSettings.CANARY);
        boolean isCompared = dataset.settings().get(GateSettings.CHANGED).isPresent();
        Optional<VersionId> current = dataset.current().map(entry -> dataset.id(entry.number()));
        int keys = dataset.settings().get(GateSettings.CHANGED_SAMPLE);
        return new DataQuestion(
                dataset.id(version.number()),
                canaries,
                current.filter(id -> isCompared).map(id -> new Sample(id, keys)));
    }
}
