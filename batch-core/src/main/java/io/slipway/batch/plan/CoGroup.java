package io.slipway.batch.plan;

import io.slipway.batch.CoGroupFunction;
import io.slipway.batch.type.Type;
import java.util.List;

/**
 * Gives the values of two flows with one key to a function.
 *
 * @param left the one
 * @param right the other
 * @param keyType how keys of both sides are written
 * @param function the function
 */
public record CoGroup(
        Side left, Side right, Type<Object> keyType, CoGroupFunction<Object, Object, Object, Object> function)
        implements Wide {

    @Override
    public List<Node> inputs() {
        return List.of(left.node(), right.node());
    }

    @Override
    public String label() {
        return "coGroup";
    }
}
