package io.slipway.batch.engine;

import io.slipway.batch.type.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The values of the group that a cursor is in, as a stream. */
final class GroupValues implements Iterator<Object> {

    private final GroupCursor groups;
    private final Type<Object> type;
    private boolean isOnNext;
    private boolean ended;

    GroupValues(GroupCursor groups, Type<Object> type) {
        this.groups = groups;
        this.type = type;
    }

    @Override
    public boolean hasNext() {
        if (!isOnNext && !ended) {
            try {
                isOnNext = groups.nextValue();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            ended = !isOnNext;
        }
        return isOnNext;
    }

    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The group has no more values.");
        }
        isOnNext = false;
        return type.read(groups.value());
    }
}
