package io.slipway.batch.engine;

import io.slipway.batch.plan.Receiver;
import io.slipway.batch.plan.Sort;
import io.slipway.batch.shuffle.KeyRange;
import io.slipway.batch.shuffle.RecordCursor;
import io.slipway.batch.shuffle.ShuffleReader;
import io.slipway.batch.type.BinaryIn;
import java.io.IOException;
import java.util.List;

/** Reads what was shuffled in the order of its keys, a range a task, the least keys first. */
final class SortRoot implements Root {

    /** A task reads up to a slice more than its range at either end of a run: the more slices, the less that is. */
    private static final int SLICES_IN_A_RANGE = 16;

    private final RunContext run;
    private final Edge edge;
    private final Sort sort;
    private List<KeyRange> ranges = List.of();

    SortRoot(RunContext run, Edge edge, Sort sort) {
        this.run = run;
        this.edge = edge;
        this.sort = sort;
    }

    /** How many samples are to be taken of each run. */
    static int samples(Layout layout) {
        return SLICES_IN_A_RANGE * layout.shufflePartitions();
    }

    @Override
    public String label() {
        return sort.label();
    }

    @Override
    public int expectedTasks() {
        return run.layout().shufflePartitions();
    }

    @Override
    public Work prepare() throws IOException {
        int most = run.layout().shufflePartitions();
        ranges = run.checkpoints().ranges(edge, () -> KeyRange.cut(edge.runs(), most));
        return new Work(ranges.size(), 0, edge.records());
    }

    @Override
    public void run(int task, Attempt attempt, Receiver out) throws IOException {
        BinaryIn value = new BinaryIn();
        long memory = attempt.memory().mergeBytes();
        try (RecordCursor records = ShuffleReader.open(attempt.shuffle(), memory, edge.runs(), ranges.get(task))) {
            while (records.next()) {
                attempt.recordRead();
                value.set(records.valueArray(), records.valueOffset(), records.valueLength());
                out.receive(null, sort.valueType().read(value));
            }
        }
    }
}
