package io.slipway.batch.engine;

import io.slipway.batch.SortOrder;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import java.io.IOException;

/** Encodes keys and values by their types, and makes the order of values a part of what is sorted by. */
final class SortingEncoder implements ShuffleExit.RecordEncoder {

    private final EdgeWriter writer;
    private final Type<Object> keyType;
    private final Type<Object> valueType;
    private final SortOrder<Object> order;
    private final BinaryOut keyBytes = new BinaryOut();
    private final BinaryOut sortBytes = new BinaryOut();
    private final BinaryOut valueBytes = new BinaryOut();

    SortingEncoder(EdgeWriter writer, Type<Object> keyType, Type<Object> valueType, SortOrder<Object> order) {
        this.writer = writer;
        this.keyType = keyType;
        this.valueType = valueType;
        this.order = order;
    }

    @Override
    public void receive(Object key, Object value) throws IOException {
        keyType.writeKey(key, keyBytes.clear());
        SortKey.writeKeyPart(keyBytes, sortBytes.clear());
        order.write(value, sortBytes);
        valueType.write(value, valueBytes.clear());
        int partition = writer.partitioning().of(keyBytes.array(), 0, keyBytes.size());
        writer.writer()
                .add(partition, sortBytes.array(), 0, sortBytes.size(), valueBytes.array(), 0, valueBytes.size());
    }

    @Override
    public void finish() {
        // Nothing is held back.
    }
}
