package io.slipway.batch.engine;

import io.slipway.batch.Collected;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.plan.CollectOutput;
import io.slipway.batch.plan.Output;
import io.slipway.batch.shuffle.MemoryPool;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.batch.shuffle.ShuffleMetrics;
import io.slipway.batch.shuffle.ShuffleSettings;
import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        try (Targets targets = new Targets(job, settings.publisher());
                Scratch scratch = settings.openScratch().apply(settings.scratch())) {
            ShuffleSettings shuffle = new ShuffleSettings(
                    scratch, settings.blockBytes(), new MemoryPool(settings.pageBytes()), new ShuffleMetrics());
            RunContext run = new RunContext(settings, shuffle, new RunTotals(), new AtomicBoolean());
            try {
                targets.begin();
                List<CollectExit> collected = work(run, targets);
                targets.commit();
                return result(run, targets, collected);
            } catch (CommitStateUnknownException e) {
                throw e;
            } catch (Error e) {
                targets.abort(e);
                throw e;
            } catch (Throwable e) {
                RuntimeException failure = translated(e);
                targets.abort(failure);
                throw failure;
            }
        }
    }

    private List<CollectExit> work(RunContext run, Targets targets) throws Throwable {
        Planner planner = new Planner(run, targets.copartitioned());
        List<CollectExit> collected = new ArrayList<>();
        for (Output output : job.outputs()) {
            if (output instanceof CollectOutput collect) {
                collected.add(planner.collect(collect));
            }
        }
        targets.open().forEach(planner::publish);
        ExecutorService executor = Executors.newFixedThreadPool(settings.parallelism(), threads());
        try {
            int number = 1;
            for (Stage stage : planner.stages()) {
                new StageRunner(run, stage, number++, planner.stages().size()).run(executor);
            }
        } finally {
            run.cancelled().set(true);
            executor.shutdown();
            awaitEnd(executor);
        }
        return collected;
    }

    private JobResult result(RunContext run, Targets targets, List<CollectExit> exits) {
        Map<Collected<?>, List<?>> collected = new HashMap<>();
        exits.forEach(exit -> collected.put(exit.handle(), exit.records()));
        RunTotals totals = run.totals();
        return new JobResult(
                job.name(),
                Duration.between(start, settings.clock().instant()),
                totals.recordsIn.sum(),
                totals.bytesIn.sum(),
                run.shuffle().metrics().records(),
                run.shuffle().metrics().runs(),
                run.shuffle().metrics().bytes(),
                totals.recordsOut.sum(),
                totals.failedAttempts.sum(),
                totals.counters(),
                totals.badRecords(),
                targets.all().stream()
                        .flatMap(target -> target.committed().stream())
                        .toList(),
                collected);
    }

    /** The exception itself, unless it is one that callers should not have to know. */
    private RuntimeException translated(Throwable e) {
        if (e instanceof RuntimeException runtime && !(e instanceof UncheckedIOException)) {
            return runtime;
        }
        Throwable cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
        UnavailableException unavailable = new UnavailableException(
                "The job " + job.name() + " failed reading its input or writing its scratch files in "
                        + settings.scratch() + " (" + describe(cause) + "). Check rights and free space there.",
                cause);
        for (Throwable suppressed : e.getSuppressed()) {
            unavailable.addSuppressed(suppressed);
        }
        return unavailable;
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
}
