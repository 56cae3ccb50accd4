package io.slipway.batch.plan;

import io.slipway.batch.GroupFunction;
import io.slipway.batch.SortOrder;
import io.slipway.batch.type.Type;
import java.util.List;
import java.util.Optional;

/**
 * Gives each group of values to a function.
 *
 * @param input what comes before
 * @param keyType how keys are written
 * @param valueType how values are written
 * @param order the order of a group's values; if absent, that of the input
 * @param function the function
 */
public record Group(
        Node input,
        Type<Object> keyType,
        Type<Object> valueType,
        Optional<SortOrder<Object>> order,
        GroupFunction<Object, Object, Object> function)
        implements Wide {

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public String label() {
        return order.isPresent() ? "sorted groupBy" : "groupBy";
    }
}
