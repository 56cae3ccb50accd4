package io.slipway.batch.engine;

import io.slipway.batch.plan.Join;
import io.slipway.batch.plan.Receiver;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Joins two sorted sides: goes through both at once, keeps one key's values of the right side, and streams those of the
 * left. Where the right side's do not fit in memory, the left side's are taken in blocks, so that what is in the scratch
 * file is read once for each block (a block nested loop).
 */
final class JoinRoot extends ShuffleRoot {

    /** Objects take several times the room that they take encoded. */
    private static final int OBJECT_FACTOR = 8;

    /** What a value takes that has no bytes. */
    static final int VALUE_OVERHEAD_BYTES = 4;

    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    private final Join join;

    JoinRoot(Edge left, Edge right, Join join) {
        super(join.label(), List.of(left, right));
        this.join = join;
    }

    @Override
    public void run(int task, Attempt attempt, Receiver out) throws IOException {
        long mostBytes = attempt.memory().mergeBytes() / (OBJECT_FACTOR * 2);
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
                            new Partners(attempt.shuffle(), join.right().valueType(), mostBytes)) {
                        if (matches) {
                            partners.addAll(right);
                        }
                        emit(left, partners, mostBytes, out);
                    }
                }
            }
        }
    }

    private void emit(GroupCursor left, Partners partners, long blockBytes, Receiver out) throws IOException {
        Object key = join.keyType().readKey(left.key());
        BiConsumer<Object, Object> pair =
                (value, partner) -> out.receive(key, join.function().apply(value, partner));
        if (partners.spilled()) {
            emitInBlocks(left, partners, blockBytes, pair);
            return;
        }
        Type<Object> type = join.left().valueType();
        while (left.nextValue()) {
            Object value = type.read(left.value());
            if (partners.isEmpty()) {
                pair.accept(value, null);
            }
            partners.forEach(partner -> pair.accept(value, partner));
        }
    }

    private void emitInBlocks(GroupCursor left, Partners partners, long blockBytes, BiConsumer<Object, Object> pair)
            throws IOException {
        Type<Object> type = join.left().valueType();
        List<Object> block = new ArrayList<>();
        long bytes = 0;
        while (left.nextValue()) {
            bytes += left.record().valueLength() + VALUE_OVERHEAD_BYTES;
            block.add(type.read(left.value()));
            if (bytes >= blockBytes) {
                emit(block, partners, pair);
                bytes = 0;
            }
        }
        emit(block, partners, pair);
    }

    private static void emit(List<Object> block, Partners partners, BiConsumer<Object, Object> pair)
            throws IOException {
        if (!block.isEmpty()) {
            partners.forEach(partner -> block.forEach(value -> pair.accept(value, partner)));
            block.clear();
        }
    }
}
