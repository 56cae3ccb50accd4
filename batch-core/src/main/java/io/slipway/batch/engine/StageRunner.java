package io.slipway.batch.engine;

import io.slipway.batch.StageProgress;
import io.slipway.model.CorruptDataException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the tasks of one stage, several at once, and tries failed ones again. */
final class StageRunner {

    private static final long REPORT_MILLIS = 200;

    private final RunContext run;
    private final Stage stage;
    private final int number;
    private final int stages;
    private final StageMetrics metrics;
    private final Instant start;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private Root.Work work = new Root.Work(0, 0, 0);

    StageRunner(RunContext run, Stage stage, int number, int stages) {
        this.run = run;
        this.stage = stage;
        this.number = number;
        this.stages = stages;
        this.metrics = new StageMetrics(stage.readsInput());
        this.start = run.settings().clock().instant();
    }

    /** Runs the stage; throws what the first task that failed for good threw. */
    void run(ExecutorService executor) throws Throwable {
        work = stage.root().prepare();
        run.settings().listener().stageStarted(progress());
        List<Future<?>> tasks = new ArrayList<>();
        for (int i = 0; i < work.tasks(); i++) {
            int task = i;
            tasks.add(executor.submit(() -> attemptTask(task)));
        }
        await(tasks);
        if (failure.get() != null) {
            throw failure.get();
        }
        stage.root().release();
        run.settings().listener().stageFinished(progress());
    }

    private void await(List<Future<?>> tasks) throws Exception {
        for (Future<?> task : tasks) {
            boolean done = false;
            while (!done) {
                try {
                    task.get(REPORT_MILLIS, TimeUnit.MILLISECONDS);
                    done = true;
                } catch (TimeoutException e) {
                    run.settings().listener().stageProgress(progress());
                } catch (InterruptedException e) {
                    run.cancelled().set(true);
                    Thread.currentThread().interrupt();
                    throw new UnavailableException("The job was interrupted. Run it again.", e);
                }
            }
        }
    }

    private void attemptTask(int task) {
        List<Throwable> causes = new ArrayList<>();
        for (int attempt = 0;
                attempt < run.settings().attempts() && !run.cancelled().get();
                attempt++) {
            try {
                attemptOnce(task, attempt);
                metrics.tasksDone.incrementAndGet();
                return;
            } catch (CancelledException e) {
                return;
            } catch (Throwable e) {
                causes.add(e);
                if (isFinal(e)) {
                    break;
                }
                run.totals().failedAttempts.increment();
                run.settings().listener().attemptFailed(stage.label(), task, attempt, e);
            }
        }
        if (!causes.isEmpty()) {
            fail(causes);
        }
    }

    private void attemptOnce(int task, int attemptNumber) throws IOException {
        AttemptMemory memory = stage.memory(run.settings().shareBytes());
        Attempt attempt = new Attempt(run, metrics, new TaskId(number, task), attemptNumber, memory);
        boolean succeeded = false;
        try {
            List<Runnable> results = stage.run(attempt);
            attempt.succeeded();
            results.forEach(Runnable::run);
            succeeded = true;
        } finally {
            if (!succeeded) {
                attempt.failed();
            }
        }
    }

    /** Whether trying again would only fail again: wrong input, a lost version, or the JVM's own trouble. */
    private static boolean isFinal(Throwable e) {
        boolean mayPass = e instanceof UnavailableException || e instanceof CorruptDataException;
        return e instanceof Error || (e instanceof SlipwayException && !mayPass);
    }

    private void fail(List<Throwable> causes) {
        Throwable first = causes.get(0);
        causes.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
        failure.compareAndSet(null, first);
        run.cancelled().set(true);
    }

    private StageProgress progress() {
        return new StageProgress(
                number,
                stages,
                stage.label(),
                work.tasks(),
                metrics.tasksDone.get(),
                metrics.bytesRead.sum(),
                work.bytes(),
                metrics.recordsRead.sum(),
                work.records(),
                run.shuffle().metrics().bytes(),
                Duration.between(start, run.settings().clock().instant()));
    }
}
