package io.slipway.batch.plan;

import io.slipway.batch.type.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps the greatest values, the greatest first; among equal ones those that came first. */
final class TopAccumulation implements Accumulation {

    private final int count;
    private final Comparator<Object> order;
    private final Type<Object> type;

    TopAccumulation(int count, Comparator<Object> order, Type<List<Object>> type) {
        this.count = count;
        this.order = order;
        this.type = Steps.any(type);
    }

    @Override
    public Type<Object> type() {
        return type;
    }

    @Override
    public Object first(Object value) {
        return add(new ArrayList<>(), value);
    }

    @Override
    public Object add(Object accumulator, Object value) {
        List<Object> top = Steps.cast(accumulator);
        if (top.size() == count && order.compare(value, top.get(count - 1)) <= 0) {
            return top;
        }
        int low = 0;
        int high = top.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.compare(value, top.get(middle)) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        top.add(low, value);
        if (top.size() > count) {
            top.remove(count);
        }
        return top;
    }

    @Override
    public Object merge(Object left, Object right) {
        Object top = new ArrayList<>((List<?>) left);
        for (Object value : (List<?>) right) {
            top = add(top, value);
        }
        return top;
    }

    @Override
    public Object finish(Object accumulator) {
        return List.copyOf((List<?>) accumulator);
    }
}
