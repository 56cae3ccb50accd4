package io.slipway.batch.engine;

import io.slipway.batch.Emitter;
import io.slipway.batch.engine.GroupCursor.Grouping;
import io.slipway.batch.plan.Group;
import io.slipway.batch.plan.Receiver;
import io.slipway.batch.plan.Steps;
import java.io.IOException;
import java.util.List;

/** Gives each group to a function, as a stream. */
final class GroupRoot extends ShuffleRoot {

    private final Group group;

    GroupRoot(Edge edge, Group group) {
        super(group.label(), List.of(edge));
        this.group = group;
    }

    @Override
    public void run(int task, Attempt attempt, Receiver out) throws IOException {
        Emitter<Object> emitter = Steps.emitter(out, attempt);
        try (GroupCursor groups = open(0, attempt, grouping())) {
            while (groups.nextGroup()) {
                Object key = group.keyType().readKey(groups.key());
                group.function().apply(key, new GroupValues(groups, group.valueType()), emitter);
            }
        }
    }

    private Grouping grouping() {
        return group.order().isPresent() ? Grouping.KEY_PART : Grouping.WHOLE_KEY;
    }
}
