package io.slipway.batch.engine;

import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import java.io.IOException;

/** Encodes keys and values by their types. */
final class TypedEncoder implements ShuffleExit.RecordEncoder {

    private final EdgeWriter writer;
    private final Type<Object> keyType;
    private final Type<Object> valueType;
    private final BinaryOut keyBytes = new BinaryOut();
    private final BinaryOut valueBytes = new BinaryOut();

    TypedEncoder(EdgeWriter writer, Type<Object> keyType, Type<Object> valueType) {
        this.writer = writer;
        this.keyType = keyType;
        this.valueType = valueType;
    }

    @Override
    public void receive(Object key, Object value) throws IOException {
        keyType.writeKey(key, keyBytes.clear());
        valueType.write(value, valueBytes.clear());
        writer.write(keyBytes.array(), 0, keyBytes.size(), valueBytes.array(), 0, valueBytes.size());
    }

    @Override
    public void finish() {
        // Nothing is held back.
    }
}
