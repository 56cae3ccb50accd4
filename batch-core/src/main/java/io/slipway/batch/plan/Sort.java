package io.slipway.batch.plan;

import io.slipway.batch.SortOrder;
import io.slipway.batch.type.Type;
import java.util.List;

/**
 * Puts all records in an order.
 *
 * @param input what comes before
 * @param order the order
 * @param valueType how values are written
 */
public record Sort(Node input, SortOrder<Object> order, Type<Object> valueType) implements Wide {

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public String label() {
        return "sortedBy";
    }
}
