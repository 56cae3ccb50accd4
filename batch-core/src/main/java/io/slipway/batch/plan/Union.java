package io.slipway.batch.plan;

import java.util.List;

/**
 * The records of two flows; fused with its neighbours.
 *
 * @param left the one
 * @param right the other, which may be the same
 */
public record Union(Node left, Node right) implements Node {

    @Override
    public List<Node> inputs() {
        return List.of(left, right);
    }

    @Override
    public String label() {
        return "union";
    }
}
