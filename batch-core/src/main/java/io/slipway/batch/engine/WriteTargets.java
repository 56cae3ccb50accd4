package io.slipway.batch.engine;

import io.slipway.batch.Job;
import io.slipway.batch.WrittenFolder;
import io.slipway.batch.output.OutputDisk;
import io.slipway.batch.plan.WriteOutput;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folders that a run writes, from their opening to their commits. Used by one thread. */
final class WriteTargets implements AutoCloseable {

    private final Job job;
    private final OutputDisk disk;
    private final List<WriteTarget> targets = new ArrayList<>();

    WriteTargets(Job job, OutputDisk disk) {
        this.job = job;
        this.disk = disk;
    }

    /**
     * Opens all folders.
     *
     * @throws InvalidInputException if one cannot be an output, or two are the same or one in the other
     */
    void begin() {
        List<WriteOutput> outputs = job.outputs().stream()
                .filter(WriteOutput.class::isInstance)
                .map(WriteOutput.class::cast)
                .toList();
        for (int i = 0; i < outputs.size(); i++) {
            for (WriteOutput other : outputs.subList(0, i)) {
                checkApart(place(other), place(outputs.get(i)));
            }
        }
        outputs.forEach(output -> targets.add(new WriteTarget(output, disk)));
    }

    private void checkApart(Path one, Path other) {
        if (one.startsWith(other) || other.startsWith(one)) {
            throw new InvalidInputException("The job " + job.name() + " writes to " + one + " and to " + other
                    + ", of which one is in the other. Use two folders.");
        }
    }

    private static Path place(WriteOutput output) {
        return output.sink().folder().toAbsolutePath().normalize();
    }

    List<WriteTarget> all() {
        return targets;
    }

    /** Commits all, one after the other. */
    void commit() {
        targets.forEach(WriteTarget::commit);
    }

    /** What was written. */
    List<WrittenFolder> written() {
        return targets.stream().flatMap(target -> target.written().stream()).toList();
    }

    /** Deletes what is not committed. */
    @Override
    public void close() {
        targets.forEach(WriteTarget::close);
    }
}
