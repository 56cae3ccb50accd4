package io.slipway.batch.engine;

import io.slipway.batch.plan.Receiver;
import io.slipway.batch.shuffle.RecordCursor;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import java.io.IOException;
import java.util.List;

/** Writes what was shuffled to the partitions of a version, a partition a task, and settles duplicates. */
final class PublishRoot extends ShuffleRoot {

    private final PublishTarget target;

    PublishRoot(Edge edge, PublishTarget target) {
        super("publish " + target.output().publication().dataset(), List.of(edge));
        this.target = target;
    }

    @Override
    public void run(int task, Attempt attempt, Receiver out) throws IOException {
        DuplicateReport.OfPartition duplicates = target.duplicates().ofPartition();
        try (GroupCursor groups = open(0, attempt);
                PartitionWriter writer = target.session().openPartition(task, attempt.number())) {
            byte[] value = new byte[0];
            while (groups.nextGroup()) {
                value = put(groups, writer, value, duplicates);
            }
            Duplicates found = duplicates.found();
            writer.countDuplicates(found.beyondFirst());
            PartitionReceipt receipt = writer.finish();
            attempt.recordsOut(receipt.digest().records());
            attempt.made(new Product.Partition(target, receipt, found));
        }
    }

    /** Puts the record of a group that the policy keeps; returns the array used for the value, for the next one. */
    private byte[] put(
            GroupCursor groups, PartitionWriter writer, byte[] reusable, DuplicateReport.OfPartition duplicates)
            throws IOException {
        groups.nextValue();
        byte[] value = copy(groups.record(), reusable);
        boolean keepsLast = target.policy() == DuplicatePolicy.LAST;
        if (!keepsLast) {
            target.write(writer, groups.key(), value);
        }
        long count = 1;
        while (groups.nextValue()) {
            count++;
            if (keepsLast) {
                value = copy(groups.record(), value);
            }
        }
        if (keepsLast) {
            target.write(writer, groups.key(), value);
        }
        if (count > 1) {
            duplicates.add(groups.key(), count);
        }
        return value;
    }

    private static byte[] copy(RecordCursor record, byte[] reusable) {
        int length = record.valueLength();
        byte[] value = reusable.length == length ? reusable : new byte[length];
        System.arraycopy(record.valueArray(), record.valueOffset(), value, 0, length);
        return value;
    }
}
