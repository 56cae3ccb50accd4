package io.slipway.batch.engine;

import io.slipway.batch.plan.Join;
import io.slipway.batch.plan.Receiver;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins two sorted sides: goes through both at once, holds one key's values of the right side, and streams those of
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
                List<Object> partners = matches ? values(right, mostBytes) : List.of();
                if (matches || join.kind() == Join.Kind.LEFT) {
                    emit(left, partners, out);
                }
            }
        }
    }

    private void emit(GroupCursor left, List<Object> partners, Receiver out) throws IOException {
        Object key = join.keyType().readKey(left.key());
        Type<Object> type = join.left().valueType();
        while (left.nextValue()) {
            Object value = type.read(left.value());
            if (partners.isEmpty()) {
                out.receive(key, join.function().apply(value, null));
            }
            for (Object partner : partners) {
                out.receive(key, join.function().apply(value, partner));
            }
        }
    }

    private List<Object> values(GroupCursor right, long mostBytes) throws IOException {
        List<Object> values = new ArrayList<>();
        long bytes = 0;
        while (right.nextValue()) {
            bytes += right.record().valueLength();
            if (bytes > mostBytes) {
                throw new InvalidInputException("The right side of a join has more than " + mostBytes
                        + " bytes of values for the key '"
                        + KeyCodec.of(join.keyType().schema()).describe(right.key())
                        + "', which is what fits in memory. Join the other way round, or give the job more memory.");
            }
            values.add(join.right().valueType().read(right.value()));
        }
        return values;
    }
}
