package io.slipway.batch.shuffle;

import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts the sorted records of a run into slices of about as many records each, which take the place of partitions, and
 * notes where they begin. The beginnings are both a regular sample, from which even ranges are chosen when all runs are
 * known, and the index by which a range is found in a run: so a total sort goes through its input once (Shi and
 * Schaeffer, Parallel Sorting by Regular Sampling, 1992). Used for one run.
 */
final class Slices implements SortBuffer.RecordConsumer {

    /** Longer keys are noted by their beginning, which is no greater and sorts them as well as it needs to. */
    private static final int MOST_SAMPLE_BYTES = 256;

    private final RunWriter writer;
    private final int records;
    private final int slices;
    private int added;
    private int slice = -1;

    Slices(RunWriter writer, int records, int most) {
        this.writer = writer;
        this.records = records;
        this.slices = Math.min(records, most);
    }

    @Override
    public void accept(int partition, byte[] key, int ko, int keyLength, byte[] value, int vo, int valueLength)
            throws IOException {
        int to = (int) ((long) added++ * slices / records);
        if (to != slice) {
            slice = to;
            writer.sample(Arrays.copyOfRange(key, ko, ko + Math.min(keyLength, MOST_SAMPLE_BYTES)));
        }
        writer.append(to, key, ko, keyLength, value, vo, valueLength);
    }
}
