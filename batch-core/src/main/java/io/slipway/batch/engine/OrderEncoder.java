package io.slipway.batch.engine;

import io.slipway.batch.SortOrder;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import java.io.IOException;

/** Encodes records with their places in an order as the keys. */
final class OrderEncoder implements ShuffleExit.RecordEncoder {

    private final EdgeWriter writer;
    private final SortOrder<Object> order;
    private final Type<Object> type;
    private final BinaryOut orderBytes = new BinaryOut();
    private final BinaryOut valueBytes = new BinaryOut();

    OrderEncoder(EdgeWriter writer, SortOrder<Object> order, Type<Object> type) {
        this.writer = writer;
        this.order = order;
        this.type = type;
    }

    @Override
    public void receive(Object key, Object value) throws IOException {
        order.write(value, orderBytes.clear());
        type.write(value, valueBytes.clear());
        writer.write(orderBytes.array(), 0, orderBytes.size(), valueBytes.array(), 0, valueBytes.size());
    }

    @Override
    public void finish() {
        // Nothing is held back.
    }
}
