package io.slipway.batch.engine;

import io.slipway.batch.Emitter;
import io.slipway.batch.plan.Group;
import io.slipway.batch.plan.Receiver;
import io.slipway.batch.plan.Steps;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Gives each group to a function, as a stream. */
final class GroupRoot extends ShuffleRoot {

    private final Group group;

    GroupRoot(RunContext run, Edge edge, Group group) {
        super(group.label(), run, List.of(edge));
        this.group = group;
    }

    @Override
    public void run(int task, Attempt attempt, Receiver out) throws IOException {
        Emitter<Object> emitter = Steps.emitter(out, attempt);
        try (GroupCursor groups = open(0, attempt)) {
            while (groups.nextGroup()) {
                Object key = group.keyType().readKey(groups.key());
                group.function().apply(key, new Values(groups, group.valueType()), emitter);
            }
        }
    }

    /** The values of the current group. */
    private static final class Values implements Iterator<Object> {

        private final GroupCursor groups;
        private final Type<Object> type;
        private boolean isOnNext;
        private boolean ended;

        Values(GroupCursor groups, Type<Object> type) {
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
}
