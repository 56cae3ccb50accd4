package io.slipway.batch.plan;

import io.slipway.batch.type.Type;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes one value of all values of a key, combining before and after the shuffle.
 *
 * @param input what comes before
 * @param label the operator
 * @param keyType how keys are written
 * @param accumulation how values are combined; asked for when the job runs
 * @param spread how the keys are spread over tasks
 */
public record Aggregate(Node input, String label, Type<?> keyType, Supplier<Accumulation> accumulation, Spread spread)
        implements Wide {

    /** How keys are spread over the tasks after the shuffle. */
    public enum Spread {
        /** By the hash of the key. */
        BY_KEY,
        /** All in one task. */
        ONE_PARTITION
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }
}
