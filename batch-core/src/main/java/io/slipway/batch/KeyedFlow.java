package io.slipway.batch;

import io.slipway.batch.plan.Accumulation;
import io.slipway.batch.plan.Aggregate;
import io.slipway.batch.plan.CoGroup;
import io.slipway.batch.plan.CollectOutput;
import io.slipway.batch.plan.Group;
import io.slipway.batch.plan.Join;
import io.slipway.batch.plan.Narrow;
import io.slipway.batch.plan.Node;
import io.slipway.batch.plan.Partition;
import io.slipway.batch.plan.PublishOutput;
import io.slipway.batch.plan.Side;
import io.slipway.batch.plan.Steps;
import io.slipway.batch.type.Type;
import io.slipway.batch.type.TypeInference;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.Publication;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Records by a key, on their way through a job. Immutable; each operator returns a new flow.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class KeyedFlow<K, V> {

    /** Each run of a shuffle keeps in memory where its partitions are, 16 bytes for each. */
    private static final int MOST_PARTITIONS = 10_000;

    private final Job job;
    private final Node node;
    private final Type<K> keyType;
    private final Supplier<Type<V>> valueType;

    KeyedFlow(Job job, Node node, Type<K> keyType, Supplier<Type<V>> valueType) {
        this.job = job;
        this.node = node;
        this.keyType = keyType;
        this.valueType = valueType;
    }

    /** One result for each key: combined before the shuffle, merged after it. */
    public <A, R> KeyedFlow<K, R> aggregate(Aggregator<? super V, A, R> aggregator) {
        return aggregated("aggregate", () -> Accumulation.of(aggregator), aggregator::resultType);
    }

    /** One value for each key, by a function that is associative and gets values in the order of the input. */
    public KeyedFlow<K, V> reduce(SerializableBiFunction<V, V, V> function) {
        return aggregated("reduce", () -> Accumulation.reduce(function, valueType.get()), valueType);
    }

    /** The number of values of each key. */
    public KeyedFlow<K, Long> count() {
        return aggregate(Aggregator.<V>counting());
    }

    /**
     * For each key its greatest values, the greatest first; among equal ones, those that come first in the input.
     *
     * @param count how many; they have to fit in memory
     * @throws InvalidInputException if the count is not positive
     */
    public KeyedFlow<K, List<V>> topK(int count, SerializableComparator<? super V> order) {
        return aggregated("topK", () -> Accumulation.top(count, order, valueType.get()), Flow.listOf(valueType));
    }

    /** What a function makes of each group of values, which it sees as a stream, in the order of the input. */
    public <R> Flow<R> groupBy(GroupFunction<K, V, R> function) {
        return grouped(function, Flow.unknown("groupBy"));
    }

    /** What a function makes of each group of values, which it sees as a stream, in the order of the input. */
    public <R> Flow<R> groupBy(GroupFunction<K, V, R> function, Type<R> result) {
        return grouped(function, () -> result);
    }

    /**
     * The same records with the values of each key in the order of what a function gives, the least first.
     *
     * @throws InvalidInputException if the type of what the function gives cannot be found out
     */
    public <O> SortedGroups<K, V> sortedBy(SerializableFunction<? super V, O> order) {
        return sortedBy(SortOrder.by(order));
    }

    /** The same records with the values of each key in an order. */
    public SortedGroups<K, V> sortedBy(SortOrder<? super V> order) {
        return new SortedGroups<>(job, node, keyType, valueType, order);
    }

    /**
     * The same records, those with one key in one task, which gets them key by key, and the values of each in the order of
     * the input. That lasts through narrow operators; {@link Flow#write} then writes partition 3 to {@code part-00003}.
     *
     * @param partitions how many tasks there are; keys are spread by a hash
     * @throws InvalidInputException if the number is not positive
     */
    public KeyedFlow<K, V> partitionBy(int partitions) {
        return partitioned(partitions, Optional.empty());
    }

    /**
     * As {@link #partitionBy(int)}, with a function that gives the number of a key's partition, from 0.
     *
     * @throws InvalidInputException if the number is not positive
     */
    public KeyedFlow<K, V> partitionBy(int partitions, SerializableFunction<? super K, Integer> function) {
        return partitioned(partitions, Optional.of(Steps.partitioner(function)));
    }

    /**
     * What a function makes of each pair of a value of this flow and one of another with the same key. The pairs of one
     * key come in no particular order, and in the same in every run on the same memory. No group has to fit in memory:
     * what does not of the other flow's group goes to a scratch file, and is read again for each block of this flow's
     * values that fits. So the flow with the smaller groups had better be the other one.
     *
     * @throws InvalidInputException if the keys of the two flows are not of one type
     */
    public <W, R> KeyedFlow<K, R> join(
            KeyedFlow<K, W> other, SerializableBiFunction<? super V, ? super W, R> function) {
        return joined(other, "join", Join.Kind.INNER, Steps.join(function), pairResult(function, "join"));
    }

    /** As {@link #join(KeyedFlow, SerializableBiFunction)}, with the type of the results. */
    public <W, R> KeyedFlow<K, R> join(
            KeyedFlow<K, W> other, SerializableBiFunction<? super V, ? super W, R> function, Type<R> result) {
        return joined(other, "join", Join.Kind.INNER, Steps.join(function), () -> result);
    }

    /** As {@link #join(KeyedFlow, SerializableBiFunction)}, also for values of this flow that have no partner. */
    public <W, R> KeyedFlow<K, R> leftJoin(
            KeyedFlow<K, W> other, SerializableBiFunction<? super V, Optional<W>, R> function) {
        return joined(other, "leftJoin", Join.Kind.LEFT, Steps.leftJoin(function), pairResult(function, "leftJoin"));
    }

    /** As {@link #leftJoin(KeyedFlow, SerializableBiFunction)}, with the type of the results. */
    public <W, R> KeyedFlow<K, R> leftJoin(
            KeyedFlow<K, W> other, SerializableBiFunction<? super V, Optional<W>, R> function, Type<R> result) {
        return joined(other, "leftJoin", Join.Kind.LEFT, Steps.leftJoin(function), () -> result);
    }

    /**
     * What a function makes of the values of both flows with one key, for each key that one of them has.
     *
     * @throws InvalidInputException if the keys of the two flows are not of one type
     */
    public <W, R> Flow<R> coGroup(KeyedFlow<K, W> other, CoGroupFunction<K, V, W, R> function) {
        return coGrouped(other, function, Flow.unknown("coGroup"));
    }

    /** As {@link #coGroup(KeyedFlow, CoGroupFunction)}, with the type of the results. */
    public <W, R> Flow<R> coGroup(KeyedFlow<K, W> other, CoGroupFunction<K, V, W, R> function, Type<R> result) {
        return coGrouped(other, function, () -> result);
    }

    /** The same keys with the result of a function for each value. */
    public <R> KeyedFlow<K, R> mapValues(SerializableFunction<? super V, R> function) {
        return valuesMapped(function, Flow.inferred(function, "mapValues"));
    }

    /** The same keys with the result of a function for each value. */
    public <R> KeyedFlow<K, R> mapValues(SerializableFunction<? super V, R> function, Type<R> result) {
        return valuesMapped(function, () -> result);
    }

    /** The result of a function for each key and value. */
    public <R> Flow<R> map(SerializableBiFunction<? super K, ? super V, R> function) {
        return new Flow<>(job, new Narrow(node, "map", Steps.mapPair(function)), pairResult(function, "map"));
    }

    /** The result of a function for each key and value. */
    public <R> Flow<R> map(SerializableBiFunction<? super K, ? super V, R> function, Type<R> result) {
        return new Flow<>(job, new Narrow(node, "map", Steps.mapPair(function)), () -> result);
    }

    /** Hands the records to the caller of the job, in memory: for tests and small results. */
    public Collected<KeyValue<K, V>> collect() {
        Collected<KeyValue<K, V>> handle = new Collected<>();
        job.add(new CollectOutput(node, handle, CollectOutput.Form.PAIRS));
        return handle;
    }

    /**
     * Publishes the records as a version of a dataset. What becomes of duplicate keys is the publication's policy, or
     * else the dataset's.
     *
     * @param publication as what; the engine completes it
     */
    public void publish(Publication publication) {
        job.add(new PublishOutput(node, publication, Steps.any(keyType), Steps.any(valueType.get())));
    }

    private <R> KeyedFlow<K, R> aggregated(
            String label, Supplier<Accumulation> accumulation, Supplier<Type<R>> result) {
        Node aggregate = new Aggregate(node, label, keyType, accumulation, Aggregate.Spread.BY_KEY);
        return new KeyedFlow<>(job, aggregate, keyType, result);
    }

    private KeyedFlow<K, V> partitioned(int partitions, Optional<SerializableFunction<Object, Integer>> function) {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new InvalidInputException(
                    partitions + " partitions are not possible. Give 1 to " + MOST_PARTITIONS + ".");
        }
        Node partition = new Partition(node, Steps.any(keyType), Steps.any(valueType.get()), partitions, function);
        return new KeyedFlow<>(job, partition, keyType, valueType);
    }

    private <R> Flow<R> grouped(GroupFunction<K, V, R> function, Supplier<Type<R>> result) {
        Node group =
                new Group(node, Steps.any(keyType), Steps.any(valueType.get()), Optional.empty(), Steps.any(function));
        return new Flow<>(job, group, result);
    }

    private <R> KeyedFlow<K, R> valuesMapped(SerializableFunction<? super V, R> function, Supplier<Type<R>> result) {
        return new KeyedFlow<>(job, new Narrow(node, "mapValues", Steps.mapValues(function)), keyType, result);
    }

    private <W, R> KeyedFlow<K, R> joined(
            KeyedFlow<K, W> other,
            String label,
            Join.Kind kind,
            SerializableBiFunction<Object, Object, Object> function,
            Supplier<Type<R>> result) {
        checkKeys(other);
        Join join = new Join(label, side(), other.side(), Steps.any(keyType), kind, function);
        return new KeyedFlow<>(job, join, keyType, result);
    }

    private <W, R> Flow<R> coGrouped(
            KeyedFlow<K, W> other, CoGroupFunction<K, V, W, R> function, Supplier<Type<R>> result) {
        checkKeys(other);
        return new Flow<>(job, new CoGroup(side(), other.side(), Steps.any(keyType), Steps.any(function)), result);
    }

    private Side side() {
        return new Side(node, Steps.any(valueType.get()));
    }

    private void checkKeys(KeyedFlow<K, ?> other) {
        if (!keyType.schema().equals(other.keyType.schema())) {
            throw new InvalidInputException("Flows with keys of " + keyType + " and of " + other.keyType
                    + " cannot be joined. Use one type for both.");
        }
    }

    private static <R> Supplier<Type<R>> pairResult(SerializableBiFunction<?, ?, R> function, String use) {
        return () -> TypeInference.resultOf(function, SerializableBiFunction.class, 2, use);
    }
}
