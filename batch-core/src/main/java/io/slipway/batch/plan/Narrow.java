package io.slipway.batch.plan;

import java.util.List;

/**
 * Takes records one by one; fused with its neighbours.
 *
 * @param input what comes before
 * @param label the operator
 * @param step what it does
 */
public record Narrow(Node input, String label, Step step) implements Node {

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }
}
