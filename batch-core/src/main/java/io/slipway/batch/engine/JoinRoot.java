package io.slipway.batch.engine;

import io.slipway.batch.plan.Join;
import io.slipway.batch.plan.Receiver;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Joins two sorted sides: goes through both at once, keeps one key's values of the right side, and streams those of
 * the left.
 */
final class JoinRoot extends ShuffleRoot {

    /** Objects take several times the room that they take encoded. */
    private static final int OBJECT_FACTOR = 8;

    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    private final Join join;

    JoinRoot(RunContext run, Edge left, Edge right, Join join) {
        super(join.label(), run, List.of(left, right));
        this.join = join;
    }

    @Override
    public void run(int task, Attempt attempt, Receiver out) throws IOException {
        long mostBytes = attempt.memory().mergeBytes() / OBJECT_FACTOR;
        try (GroupCursor left = open(LEFT, attempt);
                GroupCursor right = open(RIGHT, attempt)) {
            boolean hasRight = right.nextGroup();
            while (left.nextGroup()) {
                while (hasRight && Arrays.compareUnsigned(right.key(), left.key()) < 0) {
                    hasRight = right.nextGroup();
                }
                boolean matches = hasRight && Arrays.equals(left.key(), right.key());
                if (matches || join.kind() == Join.Kind.LEFT) {
                    try (Partners partners =
                            new Partners(attempt.run().shuffle(), join.right().valueType(), mostBytes)) {
                        if (matches) {
                            partners.addAll(right);
                        }
                        emit(left, partners, out);
                    }
                }
            }
        }
    }

    private void emit(GroupCursor left, Partners partners, Receiver out) throws IOException {
        Object key = join.keyType().readKey(left.key());
        Type<Object> type = join.left().valueType();
        while (left.nextValue()) {
            Object value = type.read(left.value());
            if (partners.isEmpty()) {
                out.receive(key, join.function().apply(value, null));
            }
            partners.forEach(partner -> out.receive(key, join.function().apply(value, partner)));
        }
    }
}
