package io.slipway.batch.engine;

import io.slipway.batch.plan.Accumulation;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import java.io.IOException;

/**
 * Adds up the values of a key as they come, in a table that is written out when it is full. Where keys hardly ever
 * repeat, the table is left out.
 */
final class AccumulatingEncoder implements ShuffleExit.RecordEncoder {

    /** The table is given up if it holds more than this share of as many accumulators as it has got values. */
    private static final double USELESS_SHARE = 0.8;

    private final EdgeWriter writer;
    private final Type<Object> keyType;
    private final Accumulation accumulation;
    private final AccumulatorTable table;
    private final BinaryOut keyBytes = new BinaryOut();
    private final BinaryOut valueBytes = new BinaryOut();
    private long received;
    private boolean bypassed;

    AccumulatingEncoder(EdgeWriter writer, Type<Object> keyType, Accumulation accumulation, long memoryBytes) {
        this.writer = writer;
        this.keyType = keyType;
        this.accumulation = accumulation;
        this.table = new AccumulatorTable(memoryBytes / 4);
    }

    @Override
    public void receive(Object key, Object value) throws IOException {
        keyType.writeKey(key, keyBytes.clear());
        if (bypassed) {
            write(keyBytes.array(), keyBytes.size(), accumulation.first(value));
            return;
        }
        received++;
        int slot = table.find(keyBytes.array(), keyBytes.size());
        Object accumulator = table.accumulator(slot);
        if (accumulator != null) {
            table.set(slot, accumulation.add(accumulator, value));
            return;
        }
        table.insert(slot, keyBytes.array(), keyBytes.size(), accumulation.first(value));
        if (table.isFull()) {
            bypassed = table.size() > received * USELESS_SHARE;
            flush();
        }
    }

    @Override
    public void finish() throws IOException {
        flush();
    }

    private void flush() throws IOException {
        long before = 0;
        for (int i = 0; i < table.size(); i++) {
            byte[] key = table.key(i);
            before += write(key, key.length, table.accumulatorOf(i));
        }
        table.clear(before);
        received = 0;
    }

    private int write(byte[] key, int keyLength, Object accumulator) throws IOException {
        accumulation.type().write(accumulator, valueBytes.clear());
        writer.write(key, 0, keyLength, valueBytes.array(), 0, valueBytes.size());
        return keyLength + valueBytes.size();
    }
}
