package io.slipway.sst.diff;

import io.slipway.sst.RecordCursor;
import io.slipway.sst.VersionRecords;
import io.slipway.sst.diff.DiffPlan.Part;
import io.slipway.sst.diff.RecordChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Compares one part of two versions by merging their sorted records. Used once, by one thread. */
final class PartDiff {

    private static final int RECORDS_A_REPORT = 1 << 14;

    private final VersionRecords older;
    private final VersionRecords newer;
    private final int mostExamples;
    private final LongConsumer progress;
    private final Consumer<RecordChange> listener;
    private final BooleanSupplier stopped;
    private final ValueComparison values;
    private final List<RecordChange> examples = new ArrayList<>();
    private long added;
    private long removed;
    private long changed;
    private long unchanged;
    private int unreported;

    PartDiff(
            VersionRecords older,
            VersionRecords newer,
            int mostExamples,
            LongConsumer progress,
            Consumer<RecordChange> listener,
            BooleanSupplier stopped) {
        this.older = older;
        this.newer = newer;
        this.mostExamples = mostExamples;
        this.progress = progress;
        this.listener = listener;
        this.stopped = stopped;
        this.values = new ValueComparison(
                older.manifest().valueSchema(), newer.manifest().valueSchema());
    }

    /**
     * Compares the part.
     *
     * @throws CancellationException if it is stopped
     */
    DiffTally compare(Part part) {
        try (RecordCursor left = older.open(part.older());
                RecordCursor right = newer.open(part.newer())) {
            merge(left, right);
        }
        progress.accept(unreported);
        return new DiffTally(added, removed, changed, unchanged, values.fields(), examples);
    }

    private void merge(RecordCursor left, RecordCursor right) {
        boolean hasLeft = left.next();
        boolean hasRight = right.next();
        while (hasLeft || hasRight) {
            int order = order(hasLeft, left, hasRight, right);
            if (order < 0) {
                note(Kind.REMOVED, ++removed, left, right);
            } else if (order > 0) {
                note(Kind.ADDED, ++added, left, right);
            } else if (values.areEqual(left, right)) {
                unchanged++;
            } else {
                note(Kind.CHANGED, ++changed, left, right);
            }
            report(order == 0 ? 2 : 1);
            hasLeft = order <= 0 ? left.next() : hasLeft;
            hasRight = order >= 0 ? right.next() : hasRight;
        }
    }

    private static int order(boolean hasLeft, RecordCursor left, boolean hasRight, RecordCursor right) {
        if (!hasLeft) {
            return 1;
        }
        return hasRight ? left.compareKey(right) : -1;
    }

    private void note(Kind kind, long count, RecordCursor left, RecordCursor right) {
        boolean isExample = count <= mostExamples;
        if (isExample || listener != VersionDiffer.NOBODY) {
            RecordChange change = RecordChange.of(kind, left, right);
            listener.accept(change);
            if (isExample) {
                examples.add(change);
            }
        }
    }

    private void report(int records) {
        unreported += records;
        if (unreported >= RECORDS_A_REPORT) {
            if (stopped.getAsBoolean()) {
                throw new CancellationException();
            }
            progress.accept(unreported);
            unreported = 0;
        }
    }
}
