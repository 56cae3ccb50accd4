package io.slipway.controller;

import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.node.Node;
import io.slipway.model.node.NodeStatus;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.node.NodeStatus.Staging;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A node that has what a test says. */
final class FakeNode implements Node {

    private final Map<VersionId, Staging> versions = new ConcurrentHashMap<>();
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
    public synchronized void nudge() {
        nudges++;
    }

    int nudges() {
        return nudges;
    }

    void put(VersionId version, Phase phase) {
        versions.put(version, new Staging(phase, 0, 0, ""));
    }

    void remove(VersionId version) {
        versions.remove(version);
    }

    void goAway() {
        away = true;
    }
}
