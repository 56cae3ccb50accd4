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
    private long writtenBytes;
    private boolean bypassed;

    AccumulatingEncoder(EdgeWriter writer, Type<Object> keyType, Accumulation accumulation, long memoryBytes) {
        this.writer = writer;
        this.keyType = keyType;
        this.accumulation = accumulation;
        this.table = new AccumulatorTable(memoryBytes / 4);
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public void receive(Object key, Object value) throws IOException {
        keyType.writeKey(key, keyBytes.clear());
        if (bypassed) {
            write(keyBytes.array(), 0, keyBytes.size(), accumulation.first(value));
            return;
        }
        received++;
        int slot = table.find(keyBytes.array(), keyBytes.size());
        Object accumulator = table.accumulator(slot);
        if (accumulator != null) {
            Object sum = accumulation.add(accumulator, value);
            if (sum != accumulator) {
                // Else the collector would look through the table again, for a reference that is no other.
                table.set(slot, sum);
            }
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
        writtenBytes = 0;
        table.forEach(this::write);
        table.clear(writtenBytes);
        received = 0;
    }

    private void write(byte[] key, int keyOffset, int keyLength, Object accumulator) throws IOException {
        accumulation.type().write(accumulator, valueBytes.clear());
        writer.write(key, keyOffset, keyLength, valueBytes.array(), 0, valueBytes.size());
        writtenBytes += keyLength + valueBytes.size();
    }
}
