package io.slipway.batch.engine;

import io.slipway.batch.shuffle.Combiner;
import io.slipway.batch.shuffle.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * One way from a stage's tasks to the tasks of another, through a shuffle: how records are spread, and the runs that
 * completed tasks have handed over. Thread-safe.
 *
 * <p>Runs stay to the end of the job, also when all who read them are done: any run that turns out to be damaged can be
 * made again by the task that made it, and so can what that task reads, back to the input. What this costs is disk: the
 * sum of all shuffles of the job, not of the two that happen to be written and read at a time.
 */
final class Edge {

    private final int number;
    private final Partitioning partitioning;
    private final Supplier<Optional<Combiner>> combiner;
    private final Map<TaskId, List<Run>> runsByTask = new ConcurrentSkipListMap<>();
    private final Set<String> replaced = ConcurrentHashMap.newKeySet();

    Edge(int number, Partitioning partitioning, Supplier<Optional<Combiner>> combiner) {
        this.number = number;
        this.partitioning = partitioning;
        this.combiner = combiner;
    }

    /** The number of the edge in the plan. */
    int number() {
        return number;
    }

    Partitioning partitioning() {
        return partitioning;
    }

    /** A combiner for the use of one thread. */
    Optional<Combiner> combiner() {
        return combiner.get();
    }

    /** Hands over what a task wrote, in place of what it wrote before: that stays for those who are reading it. */
    void complete(TaskId task, List<Run> runs) {
        List<Run> before = runsByTask.getOrDefault(task, List.of());
        before.forEach(run -> replaced.add(run.file().toString()));
        runsByTask.put(task, List.copyOf(runs));
    }

    /** All runs, in the order of the tasks. */
    List<Run> runs() {
        return runsByTask.values().stream().flatMap(List::stream).toList();
    }

    /** Which task wrote a run, unless that run has been replaced. */
    Optional<TaskId> producerOf(String file) {
        return runsByTask.entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                        .anyMatch(run -> run.file().toString().equals(file)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a file is a run that was replaced. */
    boolean hasReplaced(String file) {
        return replaced.contains(file);
    }

    /** How many records all runs have. */
    long records() {
        return runs().stream().mapToLong(Run::records).sum();
    }
}
