package io.slipway.batch.engine;

import io.slipway.batch.plan.Accumulation;
import io.slipway.batch.plan.Receiver;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.util.List;

/** Merges the accumulators of each key. */
final class AggregateRoot extends ShuffleRoot {

    private final Type<Object> keyType;
    private final Accumulation accumulation;

    AggregateRoot(String label, Edge edge, Type<Object> keyType, Accumulation accumulation) {
        super(label, List.of(edge));
        this.keyType = keyType;
        this.accumulation = accumulation;
    }

    @Override
    public void run(int task, Attempt attempt, Receiver out) throws IOException {
        Type<Object> type = accumulation.type();
        try (GroupCursor groups = open(0, attempt)) {
            while (groups.nextGroup()) {
                groups.nextValue();
                Object accumulator = type.read(groups.value());
                while (groups.nextValue()) {
                    accumulator = accumulation.merge(accumulator, type.read(groups.value()));
                }
                out.receive(keyType.readKey(groups.key()), accumulation.finish(accumulator));
            }
        }
    }
}
