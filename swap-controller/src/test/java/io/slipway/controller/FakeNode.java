package io.slipway.controller;

import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.node.DataFindings;
import io.slipway.model.node.DataQuestion;
import io.slipway.model.node.Node;
import io.slipway.model.node.NodeStatus;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.node.NodeStatus.Staging;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node that has what a test says. */
final class FakeNode implements Node {

    private final Map<VersionId, Staging> versions = new ConcurrentHashMap<>();
    private final Map<VersionId, DataFindings> findings = new ConcurrentHashMap<>();
    private final List<DataQuestion> questions = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile int nudges;

    @Override
    public String id() {
        return "fake";
    }

    @Override
    public NodeStatus status() {
        if (away) {
            throw new UnavailableException("The node is away.");
        }
        return new NodeStatus(1, versions);
    }

    @Override
    public Optional<DataFindings> examine(DataQuestion question) {
        if (away || !versions.containsKey(question.next())) {
            throw new UnavailableException("The node is away.");
        }
        questions.add(question);
        return Optional.ofNullable(findings.get(question.next()));
    }

    @Override
    public synchronized void nudge() {
        nudges++;
    }

    int nudges() {
        return nudges;
    }

    void put(VersionId version, Phase phase) {
        versions.put(version, new Staging(phase, 0, 0, ""));
    }

    /** Has the node have staged a delta. */
    void putDelta(VersionId version, Digest result) {
        versions.put(version, new Staging(Phase.STAGED, 0, 0, "", Optional.of(result)));
    }

    /** Has the node find something in a version's records; before, it is still looking. */
    void find(VersionId version, DataFindings found) {
        findings.put(version, found);
    }

    /** What the node was asked. */
    List<DataQuestion> questions() {
        return questions;
    }

    void remove(VersionId version) {
        versions.remove(version);
    }

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }
}
