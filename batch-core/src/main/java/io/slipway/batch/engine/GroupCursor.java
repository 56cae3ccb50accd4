package io.slipway.batch.engine;

import io.slipway.batch.shuffle.RecordCursor;
import io.slipway.batch.type.BinaryIn;
import java.io.IOException;
import java.util.Arrays;

/** Goes through sorted records group by group. Used by one thread. */
final class GroupCursor implements AutoCloseable {

    /** What records of one group have in common. */
    enum Grouping {
        /** The key. */
        WHOLE_KEY,
        /** The first part of a {@link SortKey}. */
        KEY_PART
    }

    /** Where the cursor is. */
    private enum State {
        BEFORE_FIRST,
        /** On a record of the current group that was not given out yet. */
        PENDING,
        /** On a record of the current group. */
        IN_GROUP,
        /** On the first record of the next group. */
        AHEAD,
        ENDED
    }

    private final RecordCursor cursor;
    private final Attempt attempt;
    private final Grouping grouping;
    private final BinaryIn value = new BinaryIn();
    private byte[] common = new byte[0];
    private byte[] key = common;
    private State state = State.BEFORE_FIRST;

    GroupCursor(RecordCursor cursor, Attempt attempt, Grouping grouping) {
        this.cursor = cursor;
        this.attempt = attempt;
        this.grouping = grouping;
    }

    /** Goes to the next group, leaving out what is left of the current one. */
    boolean nextGroup() throws IOException {
        while (nextValue()) {
            // What is left of the group.
        }
        if (state == State.BEFORE_FIRST) {
            state = cursor.next() ? State.AHEAD : State.ENDED;
        }
        if (state == State.ENDED) {
            return false;
        }
        int offset = cursor.keyOffset();
        common = Arrays.copyOfRange(cursor.keyArray(), offset, offset + commonLength());
        key = grouping == Grouping.WHOLE_KEY ? common : SortKey.keyOf(common);
        state = State.PENDING;
        return true;
    }

    /** The encoded key of the group, which is not changed later. */
    byte[] key() {
        return key;
    }

    /** Goes to the next value of the group. */
    boolean nextValue() throws IOException {
        if (state == State.PENDING) {
            state = State.IN_GROUP;
            attempt.recordRead();
            return true;
        }
        if (state != State.IN_GROUP) {
            return false;
        }
        if (!cursor.next()) {
            state = State.ENDED;
            return false;
        }
        if (!isInGroup()) {
            state = State.AHEAD;
            return false;
        }
        attempt.recordRead();
        return true;
    }

    /** The current value, to be read before the cursor moves. */
    BinaryIn value() {
        return value.set(cursor.valueArray(), cursor.valueOffset(), cursor.valueLength());
    }

    /** The record that the current value is of. */
    RecordCursor record() {
        return cursor;
    }

    @Override
    public void close() {
        cursor.close();
    }

    private boolean isInGroup() {
        int length = cursor.keyLength();
        if (length < common.length || (grouping == Grouping.WHOLE_KEY && length > common.length)) {
            return false;
        }
        int offset = cursor.keyOffset();
        return Arrays.equals(common, 0, common.length, cursor.keyArray(), offset, offset + common.length);
    }

    private int commonLength() {
        return grouping == Grouping.WHOLE_KEY
                ? cursor.keyLength()
                : SortKey.keyPartLength(cursor.keyArray(), cursor.keyOffset());
    }
}
