package io.slipway.batch.engine;

import io.slipway.batch.engine.GroupCursor.Grouping;
import io.slipway.batch.shuffle.RecordCursor;
import io.slipway.batch.shuffle.ShuffleReader;
import java.io.IOException;
import java.util.List;

/** Reads what was shuffled, a partition a task. */
abstract class ShuffleRoot implements Root {

    private final String label;
    private final List<Edge> edges;

    ShuffleRoot(String label, List<Edge> edges) {
        this.label = label;
        this.edges = edges;
    }

    @Override
    public final String label() {
        return label;
    }

    @Override
    public final int expectedTasks() {
        return edges.get(0).partitioning().partitions();
    }

    @Override
    public final Work prepare() {
        return new Work(
                edges.get(0).partitioning().partitions(),
                0,
                edges.stream().mapToLong(Edge::records).sum());
    }

    /** Opens one side's groups of a task. */
    final GroupCursor open(int side, Attempt attempt) throws IOException {
        return open(side, attempt, Grouping.WHOLE_KEY);
    }

    /** Opens one side's groups of a task. */
    final GroupCursor open(int side, Attempt attempt, Grouping grouping) throws IOException {
        Edge edge = edges.get(side);
        long memory = attempt.memory().mergeBytes() / edges.size();
        RecordCursor cursor =
                ShuffleReader.open(attempt.shuffle(), memory, edge.runs(), attempt.task(), edge.combiner());
        return new GroupCursor(cursor, attempt, grouping);
    }
}
