package io.slipway.batch.plan;

import io.slipway.batch.SerializableBiFunction;
import io.slipway.batch.type.Type;
import java.util.List;

/**
 * Gives each pair of values with one key to a function.
 *
 * @param label the operator
 * @param left the side whose values are streamed
 * @param right the side whose values of one key are gone through again for each of the left
 * @param keyType how keys of both sides are written
 * @param kind which values of the left side count
 * @param function the function; its second argument is null for a value without a partner
 */
public record Join(
        String label,
        Side left,
        Side right,
        Type<Object> keyType,
        Kind kind,
        SerializableBiFunction<Object, Object, Object> function)
        implements Wide {

    /** Which values of the left side count. */
    public enum Kind {
        /** Those with a partner. */
        INNER,
        /** All. */
        LEFT
    }

    @Override
    public List<Node> inputs() {
        return List.of(left.node(), right.node());
    }
}
