package io.slipway.model.node;

/** A node as its controller sees it. Thread-safe. */
public interface Node {

    /** The node's name, the same for all its life. */
    String id();

    /**
     * What the node has.
     *
     * @throws io.slipway.model.UnavailableException if it does not answer
     */
    NodeStatus status();

    /** Tells the node that the catalog has changed, so that it need not wait for its next poll. May be ignored. */
    void nudge();
}
