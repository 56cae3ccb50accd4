package io.slipway.batch;

import io.slipway.batch.plan.Group;
import io.slipway.batch.plan.Node;
import io.slipway.batch.plan.Steps;
import io.slipway.batch.type.Type;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Records by a key, the values of each key in a chosen order. The shuffle sorts them, so no group is held in memory.
 * Immutable.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class SortedGroups<K, V> {

    private final Job job;
    private final Node node;
    private final Type<K> keyType;
    private final Supplier<Type<V>> valueType;
    private final SortOrder<? super V> order;

    SortedGroups(Job job, Node node, Type<K> keyType, Supplier<Type<V>> valueType, SortOrder<? super V> order) {
        this.job = job;
        this.node = node;
        this.keyType = keyType;
        this.valueType = valueType;
        this.order = order;
    }

    /**
     * What a function makes of each group of values, which it sees as a stream, in the order; values that the order
     * has as equal come in the order of the input.
     */
    public <R> Flow<R> groupBy(GroupFunction<K, V, R> function) {
        return grouped(function, Flow.unknown("groupBy"));
    }

    /** As {@link #groupBy(GroupFunction)}, with the type of the results. */
    public <R> Flow<R> groupBy(GroupFunction<K, V, R> function, Type<R> result) {
        return grouped(function, () -> result);
    }

    private <R> Flow<R> grouped(GroupFunction<K, V, R> function, Supplier<Type<R>> result) {
        Node group = new Group(
                node,
                Steps.any(keyType),
                Steps.any(valueType.get()),
                Optional.of(Steps.any(order)),
                Steps.any(function));
        return new Flow<>(job, group, result);
    }
}
