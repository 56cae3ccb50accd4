package io.slipway.batch.engine;

import io.slipway.model.CorruptDataException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes damaged runs again, by the task that made them. Thread-safe.
 *
 * <p>The work is done in the thread whose attempt met the damage, after that attempt has let go of its memory, so that
 * redoing takes the place of what could not go on, and nothing more. If what that task reads is damaged as well, the
 * same happens there. Stages read only from those before them, so threads that wait for each other's redoing never wait
 * in a circle.
 */
final class Lineage {

    private final List<Edge> edges;
    private final Map<Integer, TaskRunner> stages = new HashMap<>();

    Lineage(List<Edge> edges) {
        this.edges = edges;
    }

    /** Adds who does the tasks of a stage; before any of them is done. */
    void add(int stage, TaskRunner tasks) {
        stages.put(stage, tasks);
    }

    /**
     * Makes again what a failure found damaged, unless somebody else has.
     *
     * @return whether there is now something else to be read than what was found damaged
     * @throws TaskFailedException if it cannot be made again
     */
    boolean mend(Throwable failure) {
        if (!(failure instanceof CorruptDataException damage)) {
            return false;
        }
        for (Edge edge : edges) {
            Optional<TaskId> producer = edge.producerOf(damage.file());
            if (producer.isPresent()) {
                TaskId task = producer.get();
                stages.get(task.stage())
                        .redo(
                                task.task(),
                                damage,
                                () -> edge.producerOf(damage.file()).isPresent());
                return true;
            }
            if (edge.hasReplaced(damage.file())) {
                return true;
            }
        }
        return false;
    }
}
