package io.slipway.batch.plan;

import io.slipway.batch.GroupFunction;
import io.slipway.batch.SerializableFunction;
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
        Optional<Order> order,
        GroupFunction<Object, Object, Object> function)
        implements Wide {

    /**
     * An order of values.
     *
     * @param function what of a value it goes by
     * @param type how that is written; as a key, since that form keeps the order
     */
    public record Order(SerializableFunction<Object, Object> function, Type<Object> type) {}

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public String label() {
        return order.isPresent() ? "sorted groupBy" : "groupBy";
    }
}
