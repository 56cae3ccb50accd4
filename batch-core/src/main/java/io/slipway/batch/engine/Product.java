package io.slipway.batch.engine;

import io.slipway.batch.shuffle.Run;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.model.publish.PartitionReceipt;
import java.nio.file.Path;
import java.util.List;

/** Something that a task has made, complete. */
sealed interface Product {

    /** Hands it over to whoever goes on with it, in place of what the task handed over before. */
    void deliver(TaskId task);

    /** The scratch files that it consists of. */
    default List<Path> files() {
        return List.of();
    }

    /** Deletes what is of no use if the attempt fails in the end. */
    default void discard(Scratch scratch) {
        files().forEach(scratch::delete);
    }

    /**
     * Sorted runs for a shuffle.
     *
     * @param edge the shuffle
     * @param runs the runs, in the order in which their records were added
     */
    record Shuffled(Edge edge, List<Run> runs) implements Product {

        @Override
        public void deliver(TaskId task) {
            edge.complete(task, runs);
        }

        @Override
        public List<Path> files() {
            return runs.stream().map(Run::file).toList();
        }
    }

    /**
     * A partition of a version.
     *
     * @param target the version
     * @param receipt for the partition
     * @param duplicates the keys that it had more than once
     */
    record Partition(PublishTarget target, PartitionReceipt receipt, Duplicates duplicates) implements Product {

        @Override
        public void deliver(TaskId task) {
            target.complete(receipt, duplicates);
        }
    }

    /**
     * A part of an output folder.
     *
     * @param target the folder
     * @param part the file
     */
    record Written(WriteTarget target, WriteTarget.Part part) implements Product {

        @Override
        public void deliver(TaskId task) {
            target.complete(task, part);
        }
    }

    /**
     * Records in memory.
     *
     * @param exit what gathers them
     * @param records the records
     */
    record Gathered(CollectExit exit, List<Object> records) implements Product {

        @Override
        public void deliver(TaskId task) {
            exit.complete(task, records);
        }
    }

    /**
     * Records that could not be used.
     *
     * @param box where they go
     * @param part the records
     */
    record Refused(DeadLetterBox box, DeadLetterPart part) implements Product {

        @Override
        public void deliver(TaskId task) {
            box.complete(task, part);
        }

        @Override
        public List<Path> files() {
            return List.of(part.file());
        }
    }
}
