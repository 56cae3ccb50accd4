package io.slipway.batch.plan;

import io.slipway.batch.type.Type;
import java.util.List;

/**
 * Puts all records in the order of their keys.
 *
 * @param input what comes before
 * @param keyType how keys are written
 * @param valueType how values are written
 */
public record Sort(Node input, Type<Object> keyType, Type<Object> valueType) implements Wide {

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public String label() {
        return "sortedBy";
    }
}
