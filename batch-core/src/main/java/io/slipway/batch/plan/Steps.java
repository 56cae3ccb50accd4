package io.slipway.batch.plan;

import io.slipway.batch.CoGroupFunction;
import io.slipway.batch.Counters;
import io.slipway.batch.Emitter;
import io.slipway.batch.EncodeFunction;
import io.slipway.batch.FlatMapFunction;
import io.slipway.batch.GroupFunction;
import io.slipway.batch.KeyValue;
import io.slipway.batch.SerializableBiFunction;
import io.slipway.batch.SerializableFunction;
import io.slipway.batch.SerializablePredicate;
import io.slipway.batch.Sink;
import io.slipway.batch.SortOrder;
import io.slipway.batch.type.BinaryIn;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import java.util.List;
import java.util.Optional;

/**
 * The steps of the narrow operators, and the functions of the others, without the types that the compiler has checked.
 */
public final class Steps {

    private Steps() {}

    /** The step of {@code map}. */
    public static Step map(SerializableFunction<?, ?> function) {
        SerializableFunction<Object, Object> f = cast(function);
        return (out, counters) -> (key, value) -> out.receive(null, f.apply(value));
    }

    /** The step of {@code map} with keys. */
    public static Step mapPair(SerializableBiFunction<?, ?, ?> function) {
        SerializableBiFunction<Object, Object, Object> f = cast(function);
        return (out, counters) -> (key, value) -> out.receive(null, f.apply(key, value));
    }

    /** The step of {@code mapValues}. */
    public static Step mapValues(SerializableFunction<?, ?> function) {
        SerializableFunction<Object, Object> f = cast(function);
        return (out, counters) -> (key, value) -> out.receive(key, f.apply(value));
    }

    /** The step of {@code filter}. */
    public static Step filter(SerializablePredicate<?> condition) {
        SerializablePredicate<Object> c = cast(condition);
        return (out, counters) -> (key, value) -> {
            if (c.test(value)) {
                out.receive(key, value);
            }
        };
    }

    /** The step of {@code keyBy}. */
    public static <T> Step keyBy(SerializableFunction<T, ?> key) {
        SerializableFunction<Object, Object> f = cast(key);
        return (out, counters) -> (none, value) -> out.receive(f.apply(value), value);
    }

    /** The step that takes pairs of a key and a value apart. */
    public static Step ofPairs() {
        return (out, counters) -> (none, value) -> {
            KeyValue<?, ?> pair = (KeyValue<?, ?>) value;
            out.receive(pair.key(), pair.value());
        };
    }

    /** The step of {@code flatMap}. */
    public static Step flatMap(FlatMapFunction<?, ?> function) {
        FlatMapFunction<Object, Object> f = cast(function);
        return (out, counters) -> {
            Emitter<Object> emitter = emitter(out, counters);
            return (key, value) -> f.apply(value, emitter);
        };
    }

    /** The step that makes the elements of a list records. */
    public static Step flatten() {
        return (out, counters) -> (key, value) -> {
            for (Object element : (List<?>) value) {
                out.receive(null, element);
            }
        };
    }

    /** The step that makes the Avro binary of a record its key, and leaves out the record. */
    public static Step keyByBytes(Type<?> type) {
        Type<Object> t = any(type);
        return (out, counters) -> {
            BinaryOut bytes = new BinaryOut();
            return (none, value) -> {
                t.write(value, bytes.clear());
                out.receive(bytes.toByteArray(), true);
            };
        };
    }

    /** The step that makes records of the Avro binary that is their key. */
    public static Step ofKeyBytes(Type<?> type) {
        return (out, counters) -> {
            BinaryIn bytes = new BinaryIn();
            return (key, value) -> {
                byte[] encoded = (byte[]) key;
                out.receive(null, type.read(bytes.set(encoded, 0, encoded.length)));
            };
        };
    }

    /** An emitter into a receiver of records without keys. */
    public static Emitter<Object> emitter(Receiver out, Counters counters) {
        return new Emitter<>() {
            @Override
            public void emit(Object result) {
                out.receive(null, result);
            }

            @Override
            public void count(String counter, long delta) {
                counters.count(counter, delta);
            }
        };
    }

    /** The function of {@code join}. */
    public static SerializableBiFunction<Object, Object, Object> join(SerializableBiFunction<?, ?, ?> function) {
        return cast(function);
    }

    /** The function of {@code leftJoin}, which gets null where there is no partner. */
    public static SerializableBiFunction<Object, Object, Object> leftJoin(SerializableBiFunction<?, ?, ?> function) {
        SerializableBiFunction<Object, Object, Object> f = cast(function);
        return (left, right) -> f.apply(left, Optional.ofNullable(right));
    }

    /** The function of {@code publishEncoded}. */
    public static EncodeFunction<Object> encoder(EncodeFunction<?> function) {
        return cast(function);
    }

    /** The function of {@code groupBy}. */
    public static GroupFunction<Object, Object, Object> any(GroupFunction<?, ?, ?> function) {
        return cast(function);
    }

    /** The function of {@code coGroup}. */
    public static CoGroupFunction<Object, Object, Object, Object> any(CoGroupFunction<?, ?, ?, ?> function) {
        return cast(function);
    }

    /** The function of {@code partitionBy}. */
    public static SerializableFunction<Object, Integer> partitioner(SerializableFunction<?, Integer> function) {
        return cast(function);
    }

    /** An order of anything. */
    public static SortOrder<Object> any(SortOrder<?> order) {
        return cast(order);
    }

    /** A sink of anything. */
    public static Sink<Object> any(Sink<?> sink) {
        return cast(sink);
    }

    /** A type of anything. */
    public static Type<Object> any(Type<?> type) {
        return cast(type);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T> T cast(Object object) {
        return (T) object;
    }
}
