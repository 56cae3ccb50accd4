package io.slipway.batch.engine;

import io.slipway.batch.SerializableFunction;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.io.IOException;

/** Encodes keys and values by their types; a function of the job says where they belong. */
final class PartitioningEncoder implements ShuffleExit.RecordEncoder {

    private final EdgeWriter writer;
    private final Type<Object> keyType;
    private final Type<Object> valueType;
    private final SerializableFunction<Object, Integer> function;
    private final BinaryOut keyBytes = new BinaryOut();
    private final BinaryOut valueBytes = new BinaryOut();

    PartitioningEncoder(
            EdgeWriter writer,
            Type<Object> keyType,
            Type<Object> valueType,
            SerializableFunction<Object, Integer> function) {
        this.writer = writer;
        this.keyType = keyType;
        this.valueType = valueType;
        this.function = function;
    }

    @Override
    public void receive(Object key, Object value) throws IOException {
        int partitions = writer.partitioning().partitions();
        int partition = function.apply(key);
        if (partition < 0 || partition >= partitions) {
            throw new InvalidInputException("The function given to partitionBy puts the key " + key + " into partition "
                    + partition + ", and there are " + partitions + ", from 0. Correct it.");
        }
        keyType.writeKey(key, keyBytes.clear());
        valueType.write(value, valueBytes.clear());
        writer.writer().add(partition, keyBytes.array(), 0, keyBytes.size(), valueBytes.array(), 0, valueBytes.size());
    }

    @Override
    public void finish() {
        // Nothing is held back.
    }
}
