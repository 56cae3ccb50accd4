package io.slipway.batch.engine;

import io.slipway.batch.shuffle.Combiner;
import io.slipway.batch.shuffle.Run;
import io.slipway.batch.shuffle.Scratch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * One way from a stage's tasks to the tasks of another, through a shuffle: how records are spread, and the runs that
 * completed tasks have handed over. Thread-safe.
 */
final class Edge {

    private final Partitioning partitioning;
    private final Supplier<Optional<Combiner>> combiner;
    private final Map<TaskId, List<Run>> runsByTask = new ConcurrentSkipListMap<>();

    Edge(Partitioning partitioning, Supplier<Optional<Combiner>> combiner) {
        this.partitioning = partitioning;
        this.combiner = combiner;
    }

    Partitioning partitioning() {
        return partitioning;
    }

    /** A combiner for the use of one thread. */
    Optional<Combiner> combiner() {
        return combiner.get();
    }

    /** Hands over what a task wrote. */
    void complete(TaskId task, List<Run> runs) {
        runsByTask.put(task, List.copyOf(runs));
    }

    /** All runs, in the order of the tasks. */
    List<Run> runs() {
        return runsByTask.values().stream().flatMap(List::stream).toList();
    }

    /** How many records all runs have. */
    long records() {
        return runs().stream().mapToLong(Run::records).sum();
    }

    /** Deletes the runs, when all who read them are done. */
    void release(Scratch scratch) {
        runs().forEach(run -> scratch.delete(run.file()));
        runsByTask.clear();
    }
}
