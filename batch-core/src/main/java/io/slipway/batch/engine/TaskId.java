package io.slipway.batch.engine;

import java.util.Comparator;

/**
 * Which task of a run; in the order in which the input is said to come.
 *
 * @param stage the number of its stage
 * @param task its number in the stage
 */
record TaskId(int stage, int task) implements Comparable<TaskId> {

    private static final Comparator<TaskId> ORDER =
            Comparator.comparingInt(TaskId::stage).thenComparingInt(TaskId::task);

    @Override
    public int compareTo(TaskId other) {
        return ORDER.compare(this, other);
    }
}
