package io.slipway.batch.engine;

import io.slipway.batch.Emitter;
import io.slipway.batch.plan.CoGroup;
import io.slipway.batch.plan.Receiver;
import io.slipway.batch.plan.Steps;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Goes through two sorted sides at once, and gives the groups of each key to a function, as streams. */
final class CoGroupRoot extends ShuffleRoot {

    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    private final CoGroup both;

    CoGroupRoot(Edge left, Edge right, CoGroup both) {
        super(both.label(), List.of(left, right));
        this.both = both;
    }

    @Override
    public void run(int task, Attempt attempt, Receiver out) throws IOException {
        Emitter<Object> emitter = Steps.emitter(out, attempt);
        try (GroupCursor left = open(LEFT, attempt);
                GroupCursor right = open(RIGHT, attempt)) {
            boolean hasLeft = left.nextGroup();
            boolean hasRight = right.nextGroup();
            while (hasLeft || hasRight) {
                int order = order(left, hasLeft, right, hasRight);
                emit(left, order <= 0, right, order >= 0, emitter);
                hasLeft = order <= 0 ? left.nextGroup() : hasLeft;
                hasRight = order >= 0 ? right.nextGroup() : hasRight;
            }
        }
    }

    /** Which side's key comes first; 0 if both have it. */
    private static int order(GroupCursor left, boolean hasLeft, GroupCursor right, boolean hasRight) {
        if (hasLeft && hasRight) {
            return Arrays.compareUnsigned(left.key(), right.key());
        }
        return hasLeft ? -1 : 1;
    }

    private void emit(GroupCursor left, boolean ofLeft, GroupCursor right, boolean ofRight, Emitter<Object> emitter) {
        Iterator<Object> lefts = ofLeft ? new GroupValues(left, both.left().valueType()) : Collections.emptyIterator();
        Iterator<Object> rights =
                ofRight ? new GroupValues(right, both.right().valueType()) : Collections.emptyIterator();
        Object key = both.keyType().readKey(ofLeft ? left.key() : right.key());
        both.function().apply(key, lefts, rights, emitter);
    }
}
