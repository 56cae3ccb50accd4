package io.slipway.batch.engine;

import io.slipway.batch.Collected;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.plan.CollectOutput;
import io.slipway.batch.plan.Output;
import io.slipway.batch.shuffle.MemoryPool;
import io.slipway.batch.shuffle.RecordSizes;
import io.slipway.batch.shuffle.ShuffleMetrics;
import io.slipway.batch.shuffle.ShuffleSettings;
import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of one job, from the claims of its versions to their commits. */
final class JobRun {

    private final EngineSettings settings;
    private final Job job;
    private final Instant start;

    JobRun(EngineSettings settings, Job job) {
        this.settings = settings;
        this.job = job;
        this.start = settings.clock().instant();
    }

    JobResult run() {
        RunSources sources = new RunSources(settings.versions());
        try (Targets targets = new Targets(job, settings.publisher(), sources);
                WriteTargets folders = new WriteTargets(job, settings.outputDisk());
                Workplace place = Workplace.open(settings, job.name())) {
            Outputs outputs = new Outputs(sources, targets, folders);
            Optional<DeadLetterBox> deadLetters =
                    settings.deadLetters().map(letters -> new DeadLetterBox(letters, place.scratch()));
            try {
                folders.begin();
                targets.begin();
                JobResult result = place.isKept() && !isDone(outputs)
                        ? resumable(place, deadLetters, outputs)
                        : work(context(place, deadLetters, settings.layout(), Checkpoints.NONE), outputs);
                place.succeeded();
                return result;
            } catch (CommitStateUnknownException e) {
                throw e;
            } catch (OutOfMemoryError e) {
                throw failed(outOfMemory(e), targets, deadLetters);
            } catch (Error e) {
                targets.abort(e);
                throw e;
            } catch (Throwable e) {
                throw failed(translated(e), targets, deadLetters);
            }
        }
    }

    /** Whether nothing is left to be done, since an earlier run has committed all versions. */
    private boolean isDone(Outputs outputs) {
        return outputs.targets().open().isEmpty()
                && outputs.folders().all().isEmpty()
                && job.outputs().stream().noneMatch(CollectOutput.class::isInstance);
    }

    private JobResult resumable(Workplace place, Optional<DeadLetterBox> deadLetters, Outputs outputs)
            throws Throwable {
        RunBasis basis = RunBasis.of(job, settings, outputs.targets(), outputs.sources());
        try (JournaledRun journal = JournaledRun.open(place.scratch(), basis, settings.layout())) {
            return work(context(place, deadLetters, journal.layout(), journal), outputs);
        }
    }

    private RunContext context(
            Workplace place, Optional<DeadLetterBox> deadLetters, Layout layout, Checkpoints checkpoints) {
        ShuffleSettings shuffle = new ShuffleSettings(
                place.scratch(),
                settings.blockBytes(),
                new MemoryPool(settings.pageBytes()),
                new RecordSizes(settings.memoryBytes(), settings.parallelism()),
                new ShuffleMetrics());
        return new RunContext(
                settings, shuffle, layout, checkpoints, new RunTotals(), deadLetters, new AtomicBoolean());
    }

    private JobResult work(RunContext run, Outputs outputs) throws Throwable {
        Targets targets = outputs.targets();
        Planner planner = new Planner(run, outputs.sources(), targets.copartitioned());
        List<CollectExit> collected = new ArrayList<>();
        for (Output output : job.outputs()) {
            if (output instanceof CollectOutput collect) {
                collected.add(planner.collect(collect));
            }
        }
        targets.open().forEach(planner::publish);
        outputs.folders().all().forEach(planner::write);
        run.checkpoints().restore(run, planner, targets);
        runStages(run, planner);
        run.deadLetters().ifPresent(isDone(outputs) ? DeadLetterBox::discard : DeadLetterBox::write);
        targets.commit();
        outputs.folders().commit();
        return result(run, targets, outputs.folders(), collected);
    }

    private void runStages(RunContext run, Planner planner) throws Throwable {
        ExecutorService executor = Executors.newFixedThreadPool(settings.parallelism(), threads());
        try {
            for (StageRunner stage : runners(run, planner)) {
                run.totals().add(stage.run(executor));
                run.deadLetters().ifPresent(box -> box.check(run.totals().recordsRead()));
            }
        } finally {
            run.cancelled().set(true);
            executor.shutdown();
            awaitEnd(executor);
        }
    }

    private static List<StageRunner> runners(RunContext run, Planner planner) {
        Lineage lineage = new Lineage(planner.edges());
        List<StageRunner> runners = new ArrayList<>();
        for (Stage stage : planner.stages()) {
            int number = runners.size() + 1;
            TaskRunner tasks = new TaskRunner(run, stage, number, lineage);
            lineage.add(number, tasks);
            runners.add(new StageRunner(run, stage, number, planner.stages().size(), tasks));
        }
        return runners;
    }

    private JobResult result(RunContext run, Targets targets, WriteTargets folders, List<CollectExit> exits) {
        Map<Collected<?>, List<?>> collected = new HashMap<>();
        exits.forEach(exit -> collected.put(exit.handle(), exit.records()));
        RunTotals totals = run.totals();
        return new JobResult(
                job.name(),
                Duration.between(start, settings.clock().instant()),
                totals.sum(TaskCounts::recordsIn),
                totals.sum(TaskCounts::bytesIn),
                totals.sum(TaskCounts::shuffledRecords),
                totals.sum(TaskCounts::spills),
                totals.sum(TaskCounts::spilledBytes),
                totals.sum(TaskCounts::recordsOut),
                totals.failedAttempts.sum(),
                totals.stages(),
                totals.counters(),
                totals.badRecords(),
                targets.all().stream()
                        .flatMap(target -> target.committed().stream())
                        .toList(),
                folders.written(),
                collected);
    }

    /** Lets go of what the run has begun; returns the failure, to be thrown. */
    private static RuntimeException failed(
            RuntimeException failure, Targets targets, Optional<DeadLetterBox> deadLetters) {
        targets.abort(failure);
        deadLetters.ifPresent(box -> writeAfter(failure, box));
        return failure;
    }

    private static void writeAfter(RuntimeException failure, DeadLetterBox box) {
        try {
            box.write();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** The exception itself, unless it is one that callers should not have to know. */
    private RuntimeException translated(Throwable e) {
        if (e instanceof RuntimeException runtime && !(e instanceof UncheckedIOException)) {
            return runtime;
        }
        Throwable cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
        UnavailableException unavailable = new UnavailableException(
                "The job " + job.name() + " failed reading its input or writing its scratch files in " + scratchFolder()
                        + " (" + describe(cause) + "). Check rights and free space there.",
                cause);
        for (Throwable suppressed : e.getSuppressed()) {
            unavailable.addSuppressed(suppressed);
        }
        return unavailable;
    }

    private Path scratchFolder() {
        return settings.resumption().map(Resumption::folder).orElse(settings.scratch());
    }

    private UnavailableException outOfMemory(OutOfMemoryError e) {
        return new UnavailableException(
                "The job " + job.name() + " ran out of memory (" + e.getMessage() + "), of which the engine had "
                        + (settings.memoryBytes() >> 20) + " MiB: its records, or what its functions keep, are too"
                        + " large for that. Give it more.",
                e);
    }

    private static String describe(Throwable cause) {
        return cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }

    private static java.util.concurrent.ThreadFactory threads() {
        AtomicInteger next = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "slipway-task-" + next.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Waits until no task uses scratch files or partition writers any more. */
    private static void awaitEnd(ExecutorService executor) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = executor.awaitTermination(1, java.util.concurrent.TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a run reads and makes. */
    private record Outputs(RunSources sources, Targets targets, WriteTargets folders) {}
}
