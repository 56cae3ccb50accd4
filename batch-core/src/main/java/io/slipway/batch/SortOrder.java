package io.slipway.batch;

import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import io.slipway.batch.type.TypeInference;
import java.util.ArrayList;
import java.util.List;

/**
 * An order that records are sorted in: by what a function gives, and where that is equal by what the next one gives.
 * {@code SortOrder.byDescending(Page::views).thenBy(Page::name)}. Immutable.
 *
 * <p>Each function's results are in the order of keys, or the reverse of it: numbers, times and dates by size, texts by
 * their UTF-8 bytes, records by their first component and then the next. Where the type of the results cannot be found
 * out from the function, give it as a further argument.
 *
 * @param <T> the records
 */
public final class SortOrder<T> {

    private final List<Part> parts;

    private SortOrder(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** The least first. */
    public static <T, O> SortOrder<T> by(SerializableFunction<? super T, O> function) {
        return by(function, resultOf(function));
    }

    /** The least first, with the type of what the function gives. */
    public static <T, O> SortOrder<T> by(SerializableFunction<? super T, O> function, Type<O> type) {
        return new SortOrder<T>(List.of()).thenBy(function, type);
    }

    /** The greatest first. */
    public static <T, O> SortOrder<T> byDescending(SerializableFunction<? super T, O> function) {
        return byDescending(function, resultOf(function));
    }

    /** The greatest first, with the type of what the function gives. */
    public static <T, O> SortOrder<T> byDescending(SerializableFunction<? super T, O> function, Type<O> type) {
        return new SortOrder<T>(List.of()).thenByDescending(function, type);
    }

    /** Among equal ones, the least first. */
    public <O> SortOrder<T> thenBy(SerializableFunction<? super T, O> function) {
        return thenBy(function, resultOf(function));
    }

    /** Among equal ones the least first, with the type of what the function gives. */
    public <O> SortOrder<T> thenBy(SerializableFunction<? super T, O> function, Type<O> type) {
        return then(new Part(any(function), any(type), Direction.ASCENDING));
    }

    /** Among equal ones, the greatest first. */
    public <O> SortOrder<T> thenByDescending(SerializableFunction<? super T, O> function) {
        return thenByDescending(function, resultOf(function));
    }

    /** Among equal ones the greatest first, with the type of what the function gives. */
    public <O> SortOrder<T> thenByDescending(SerializableFunction<? super T, O> function, Type<O> type) {
        return then(new Part(any(function), any(type), Direction.DESCENDING));
    }

    /**
     * Appends bytes that compare, unsigned, as the records do; for engines.
     *
     * @throws io.slipway.model.InvalidInputException if the record has no place in the order (null, NaN)
     */
    public void write(T record, BinaryOut out) {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).write(record, i == parts.size() - 1, out);
        }
    }

    private SortOrder<T> then(Part part) {
        List<Part> all = new ArrayList<>(parts);
        all.add(part);
        return new SortOrder<>(all);
    }

    private static <O> Type<O> resultOf(SerializableFunction<?, O> function) {
        return TypeInference.resultOf(function, SerializableFunction.class, 1, "an order");
    }

    @SuppressWarnings("unchecked")
    private static SerializableFunction<Object, Object> any(SerializableFunction<?, ?> function) {
        return (SerializableFunction<Object, Object>) function;
    }

    @SuppressWarnings("unchecked")
    private static Type<Object> any(Type<?> type) {
        return (Type<Object>) type;
    }

    private enum Direction {
        ASCENDING,
        DESCENDING
    }

    /** One function. */
    private record Part(SerializableFunction<Object, Object> function, Type<Object> type, Direction direction) {

        /**
         * Appends this part. All but an ascending last one have their ends marked: otherwise what follows a text would be
         * compared with the rest of a longer one, and a text would come before, not after, a longer one that begins with it
         * where all bits are flipped.
         */
        void write(Object record, boolean isLast, BinaryOut out) {
            Object value = function.apply(record);
            if (direction == Direction.DESCENDING) {
                int start = out.size();
                type.writeKeyPart(value, out);
                out.invert(start);
            } else if (isLast) {
                type.writeKey(value, out);
            } else {
                type.writeKeyPart(value, out);
            }
        }
    }
}
