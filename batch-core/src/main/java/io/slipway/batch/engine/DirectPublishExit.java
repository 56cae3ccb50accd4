package io.slipway.batch.engine;

import io.slipway.batch.plan.PublishOutput;
import io.slipway.batch.type.BinaryOut;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;

/**
 * Leads straight into the partitions of a version, from a stage whose tasks are these partitions and that emits each
 * key once and in order.
 */
final class DirectPublishExit implements Exit {

    private final PublishTarget target;
    private final PublishOutput output;

    DirectPublishExit(PublishTarget target, PublishOutput output) {
        this.target = target;
        this.output = output;
    }

    @Override
    public boolean sorts() {
        return false;
    }

    @Override
    public ExitAttempt open(Attempt attempt) {
        PartitionWriter writer = target.session().openPartition(attempt.task(), attempt.number());
        BinaryOut keyBytes = new BinaryOut();
        BinaryOut valueBytes = new BinaryOut();
        return new ExitAttempt() {
            @Override
            public void receive(Object key, Object value) {
                output.keyType().writeKey(key, keyBytes.clear());
                output.valueType().write(value, valueBytes.clear());
                writer.put(keyBytes.toByteArray(), valueBytes.toByteArray());
            }

            @Override
            public void finish() {
                PartitionReceipt receipt = writer.finish();
                attempt.recordsOut(receipt.digest().records());
                attempt.made(new Product.Partition(target, receipt, Duplicates.NONE));
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }
}
