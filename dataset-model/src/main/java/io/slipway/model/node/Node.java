package io.slipway.model.node;

import java.util.Optional;

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

    /**
     * Has the node look into the records of a version that it has staged. Does not wait: the first call with a question
     * has the node begin, on a thread that answers no readers; later ones with an equal question give the answer as soon
     * as there is one. The same question has the same answer on every node.
     *
     * @return the answer, or none if the node is still looking
     * @throws io.slipway.model.UnavailableException if the node does not answer, or does not have both versions open and
     *     undamaged now; ask another node, or again later
     */
    Optional<DataFindings> examine(DataQuestion question);

    /** Tells the node that the catalog has changed, so that it need not wait for its next poll. May be ignored. */
    void nudge();
}
