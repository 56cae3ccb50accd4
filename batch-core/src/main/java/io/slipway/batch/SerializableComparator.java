package io.slipway.batch;

import java.io.Serializable;
import java.util.Comparator;

/** An order that can be sent to where an engine runs it. A lambda can be one; {@link #comparing} builds others. */
@FunctionalInterface
public interface SerializableComparator<T> extends Comparator<T>, Serializable {

    /** The order by what a function gives. */
    static <T, C extends Comparable<? super C>> SerializableComparator<T> comparing(
            SerializableFunction<? super T, ? extends C> key) {
        return (left, right) -> key.apply(left).compareTo(key.apply(right));
    }

    @Override
    default SerializableComparator<T> reversed() {
        return (left, right) -> compare(right, left);
    }

    /** This order, and where it has two as equal, that of what a function gives. */
    default <C extends Comparable<? super C>> SerializableComparator<T> thenBy(
            SerializableFunction<? super T, ? extends C> key) {
        SerializableComparator<T> second = comparing(key);
        return (left, right) -> {
            int order = compare(left, right);
            return order != 0 ? order : second.compare(left, right);
        };
    }
}
