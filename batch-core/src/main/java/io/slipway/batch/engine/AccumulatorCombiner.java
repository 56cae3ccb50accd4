package io.slipway.batch.engine;

import io.slipway.batch.plan.Accumulation;
import io.slipway.batch.shuffle.Combiner;
import io.slipway.batch.type.BinaryIn;
import io.slipway.batch.type.BinaryOut;

/** Merges encoded accumulators. */
final class AccumulatorCombiner implements Combiner {

    private final Accumulation accumulation;
    private final BinaryIn in = new BinaryIn();
    private Object accumulator;

    AccumulatorCombiner(Accumulation accumulation) {
        this.accumulation = accumulation;
    }

    @Override
    public void start(byte[] value, int offset, int length) {
        accumulator = accumulation.type().read(in.set(value, offset, length));
    }

    @Override
    public void add(byte[] value, int offset, int length) {
        accumulator = accumulation.merge(accumulator, accumulation.type().read(in.set(value, offset, length)));
    }

    @Override
    public void finish(BinaryOut out) {
        accumulation.type().write(accumulator, out);
        accumulator = null;
    }
}
