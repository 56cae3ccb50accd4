package io.slipway.batch.engine;

import io.slipway.batch.shuffle.RecordCursor;
import io.slipway.batch.shuffle.ShuffleSettings;
import io.slipway.batch.shuffle.ValueSpill;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One key's values of the right side of a join, to be gone through again and again: the first of them in memory, and
 * those beyond a number of bytes in a scratch file. Used by one thread.
 */
final class Partners implements AutoCloseable {

    private final ShuffleSettings settings;
    private final Type<Object> type;
    private final long mostBytes;
    private final List<Object> first = new ArrayList<>();
    private long bytes;
    private ValueSpill rest;

    Partners(ShuffleSettings settings, Type<Object> type, long mostBytes) {
        this.settings = settings;
        this.type = type;
        this.mostBytes = mostBytes;
    }

    /** Takes all values of a group. */
    void addAll(GroupCursor group) throws IOException {
        while (group.nextValue()) {
            RecordCursor record = group.record();
            bytes += record.valueLength() + JoinRoot.VALUE_OVERHEAD_BYTES;
            if (bytes <= mostBytes) {
                first.add(type.read(group.value()));
            } else {
                rest = rest == null ? new ValueSpill(settings) : rest;
                rest.add(record.valueArray(), record.valueOffset(), record.valueLength());
            }
        }
        if (rest != null) {
            rest.complete();
        }
    }

    /** Whether there are none. */
    boolean isEmpty() {
        return first.isEmpty() && rest == null;
    }

    /** Whether some are in a scratch file, so that going through all of them is slow. */
    boolean spilled() {
        return rest != null;
    }

    /** Goes through all values, in the order of the input. */
    void forEach(Consumer<Object> taker) throws IOException {
        first.forEach(taker);
        if (rest != null) {
            rest.forEach(value -> taker.accept(type.read(value)));
        }
    }

    @Override
    public void close() throws IOException {
        if (rest != null) {
            rest.close();
        }
    }
}
