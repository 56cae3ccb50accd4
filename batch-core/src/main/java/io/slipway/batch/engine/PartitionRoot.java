package io.slipway.batch.engine;

import io.slipway.batch.plan.Partition;
import io.slipway.batch.plan.Receiver;
import java.io.IOException;
import java.util.List;

/** Passes on the records of a partition, key by key. */
final class PartitionRoot extends ShuffleRoot {

    private final Partition partition;

    PartitionRoot(Edge edge, Partition partition) {
        super(partition.label(), List.of(edge));
        this.partition = partition;
    }

    @Override
    public void run(int task, Attempt attempt, Receiver out) throws IOException {
        try (GroupCursor groups = open(0, attempt)) {
            while (groups.nextGroup()) {
                Object key = partition.keyType().readKey(groups.key());
                while (groups.nextValue()) {
                    out.receive(key, partition.valueType().read(groups.value()));
                }
            }
        }
    }
}
