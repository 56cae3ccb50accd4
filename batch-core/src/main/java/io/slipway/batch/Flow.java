package io.slipway.batch;

import io.slipway.batch.plan.Accumulation;
import io.slipway.batch.plan.Aggregate;
import io.slipway.batch.plan.CollectOutput;
import io.slipway.batch.plan.EncodedOutput;
import io.slipway.batch.plan.Narrow;
import io.slipway.batch.plan.Node;
import io.slipway.batch.plan.Sort;
import io.slipway.batch.plan.Steps;
import io.slipway.batch.plan.Union;
import io.slipway.batch.plan.WriteOutput;
import io.slipway.batch.type.Type;
import io.slipway.batch.type.TypeInference;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.Publication;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/**
 * Records on their way through a job. Immutable; each operator returns a new flow, and a flow may go into several
 * operators. Functions must be deterministic, since a task that failed is run again.
 *
 * @param <T> what the records are
 */
public final class Flow<T> {

    private final Job job;
    private final Node node;
    private final Supplier<Type<T>> type;

    Flow(Job job, Node node, Supplier<Type<T>> type) {
        this.job = job;
        this.node = node;
        this.type = type;
    }

    /** The result of a function for each record. The type is found out from the function, where it is needed. */
    public <R> Flow<R> map(SerializableFunction<? super T, R> function) {
        return then("map", Steps.map(function), inferred(function, "map"));
    }

    /** The result of a function for each record. */
    public <R> Flow<R> map(SerializableFunction<? super T, R> function, Type<R> result) {
        return then("map", Steps.map(function), () -> result);
    }

    /** Any number of records for each record. Give the type as well if they are shuffled or published as they are. */
    public <R> Flow<R> flatMap(FlatMapFunction<? super T, R> function) {
        return then("flatMap", Steps.flatMap(function), unknown("flatMap"));
    }

    /** Any number of records for each record. */
    public <R> Flow<R> flatMap(FlatMapFunction<? super T, R> function, Type<R> result) {
        return then("flatMap", Steps.flatMap(function), () -> result);
    }

    /** The records that fulfil a condition. */
    public Flow<T> filter(SerializablePredicate<? super T> condition) {
        return then("filter", Steps.filter(condition), type);
    }

    /**
     * The records by a key, whose type is found out from the function.
     *
     * @throws InvalidInputException if it cannot be found out
     */
    public <K> KeyedFlow<K, T> keyBy(SerializableFunction<? super T, K> key) {
        return keyBy(key, TypeInference.resultOf(key, SerializableFunction.class, 1, "keyBy"));
    }

    /** The records by a key. */
    public <K> KeyedFlow<K, T> keyBy(SerializableFunction<? super T, K> key, Type<K> keyType) {
        return new KeyedFlow<>(job, new Narrow(node, "keyBy", Steps.keyBy(key)), keyType, type);
    }

    /**
     * The greatest records of all, the greatest first; among equal ones, those that come first in the input.
     *
     * @param count how many; they have to fit in memory
     * @throws InvalidInputException if the count is not positive
     */
    public Flow<T> topK(int count, SerializableComparator<? super T> order) {
        Node keyed = new Narrow(node, "keyBy", Steps.keyBy(record -> true));
        Node top = new Aggregate(
                keyed,
                "topK",
                Type.of(Boolean.class),
                () -> Accumulation.top(count, order, type.get()),
                Aggregate.Spread.ONE_PARTITION);
        return new Flow<>(job, new Narrow(top, "flatten", Steps.flatten()), type);
    }

    /**
     * The records of this flow and of another. Those of each come in their order; how the two are mixed is not said,
     * but the same in every run.
     *
     * @throws InvalidInputException if the other flow belongs to another job
     */
    public Flow<T> union(Flow<T> other) {
        if (job != other.job) {
            throw new InvalidInputException("Flows of the jobs " + job.name() + " and " + other.job.name()
                    + " cannot be united. Read both in one job.");
        }
        return new Flow<>(job, new Union(node, other.node), type);
    }

    /**
     * One of all records that are equal, which are those whose Avro binary is; in no particular order. Equal records
     * are combined before the shuffle.
     *
     * @throws InvalidInputException if how the records are written is not known
     */
    public Flow<T> distinct() {
        Type<T> known = type.get();
        Node keyed = new Narrow(node, "keyBy", Steps.keyByBytes(known));
        Node once = new Aggregate(
                keyed,
                "distinct",
                Type.of(byte[].class),
                () -> Accumulation.reduce((first, second) -> first, Type.of(Boolean.class)),
                Aggregate.Spread.BY_KEY);
        return new Flow<>(job, new Narrow(once, "decode", Steps.ofKeyBytes(known)), type);
    }

    /**
     * All records in the order of what a function gives, the least first; see {@link #sortedBy(SortOrder)}.
     *
     * @throws InvalidInputException if the type of what the function gives cannot be found out
     */
    public <O> Flow<T> sortedBy(SerializableFunction<? super T, O> order) {
        return sortedBy(SortOrder.by(order));
    }

    /**
     * All records in an order; equal ones in the order of the input. It lasts through narrow operators to {@link #collect}
     * and {@link #write}, not through another shuffle or a union.
     */
    public Flow<T> sortedBy(SortOrder<? super T> order) {
        return new Flow<>(job, new Sort(node, Steps.any(order), Steps.any(type.get())), type);
    }

    /** Hands the records to the caller of the job, in memory: for tests and small results. */
    public Collected<T> collect() {
        Collected<T> handle = new Collected<>();
        job.add(new CollectOutput(node, handle, CollectOutput.Form.VALUES));
        return handle;
    }

    /**
     * Writes the records to the files of a folder, which appears whole when all work of the job is done, or not at all:
     * a file for each task that has records, {@code part-00000.csv} and on, in the order of the tasks. So sorted records
     * are sorted from file to file. A run without records writes one file that has none.
     *
     * <p>A job's folders and versions are committed one after the other, versions first. A process that is killed in
     * between leaves some of them; the same job under the same run id then publishes no version twice, and writes the
     * folders that are missing, and those that are {@linkplain Sink.Existing#REPLACE to be replaced} again.
     *
     * @param sink the folder, and how the files are written: {@code Csv.to(folder)}
     * @throws InvalidInputException if records of this type cannot be written that way
     */
    public void write(Sink<? super T> sink) {
        Type<T> known = type.get();
        sink.check(known);
        job.add(new WriteOutput(node, Steps.any(sink), Steps.any(known)));
    }

    /**
     * Publishes records that a function encodes: their bytes go through the shuffle and into the version as they are.
     *
     * @param publication as what; the engine completes it
     * @param keySchema the schema of the keys, which are encoded as {@link io.slipway.model.key.KeyCodec} does
     * @param valueSchema the schema of the values, which are Avro binary
     * @param encoder makes encoded records of a record
     */
    public void publishEncoded(
            Publication publication, Schema keySchema, Schema valueSchema, EncodeFunction<? super T> encoder) {
        job.add(new EncodedOutput(node, publication, keySchema, valueSchema, Steps.encoder(encoder)));
    }

    private <R> Flow<R> then(String label, io.slipway.batch.plan.Step step, Supplier<Type<R>> result) {
        return new Flow<>(job, new Narrow(node, label, step), result);
    }

    static <R> Supplier<Type<R>> inferred(SerializableFunction<?, R> function, String use) {
        return () -> TypeInference.resultOf(function, SerializableFunction.class, 1, use);
    }

    static <R> Supplier<Type<R>> unknown(String use) {
        return () -> {
            throw new InvalidInputException("The records that " + use
                    + " makes are shuffled, written or published, and how they are written is not known. Give " + use
                    + " a Type as a further argument.");
        };
    }

    /** A supplier of the type of lists. */
    static <R> Supplier<Type<List<R>>> listOf(Supplier<Type<R>> element) {
        return () -> Type.listOf(element.get());
    }
}
