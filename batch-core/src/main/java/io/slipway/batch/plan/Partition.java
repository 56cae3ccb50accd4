package io.slipway.batch.plan;

import io.slipway.batch.SerializableFunction;
import io.slipway.batch.type.Type;
import java.util.List;
import java.util.Optional;

/**
 * Brings all records with one key into one task.
 *
 * @param input what comes before
 * @param keyType how keys are written
 * @param valueType how values are written
 * @param partitions how many tasks there are
 * @param function the number of a key's task; if absent, by a hash of the key
 */
public record Partition(
        Node input,
        Type<Object> keyType,
        Type<Object> valueType,
        int partitions,
        Optional<SerializableFunction<Object, Integer>> function)
        implements Wide {

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public String label() {
        return "partitionBy";
    }
}
