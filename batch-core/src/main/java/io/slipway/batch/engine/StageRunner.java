package io.slipway.batch.engine;

import io.slipway.batch.StageProgress;
import io.slipway.batch.StageSummary;
import io.slipway.batch.TaskSummary;
import io.slipway.model.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the tasks of one stage, several at once. */
final class StageRunner {

    private static final long REPORT_MILLIS = 200;

    private final RunContext run;
    private final Stage stage;
    private final int number;
    private final int stages;
    private final TaskRunner tasks;
    private final StageMetrics metrics;
    private final Instant start;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private Root.Work work = new Root.Work(0, 0, 0);

    StageRunner(RunContext run, Stage stage, int number, int stages, TaskRunner tasks) {
        this.run = run;
        this.stage = stage;
        this.number = number;
        this.tasks = tasks;
        this.stages = stages;
        this.metrics = new StageMetrics(stage.readsInput());
        this.start = run.settings().clock().instant();
    }

    /** Runs the stage, and tells what it did; throws what the first task that failed for good threw. */
    StageSummary run(ExecutorService executor) throws Throwable {
        work = stage.root().prepare();
        run.settings().listener().stageStarted(progress());
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < work.tasks(); i++) {
            int task = i;
            futures.add(executor.submit(() -> run(task)));
        }
        await(futures);
        if (failure.get() != null) {
            throw failure.get();
        }
        run.settings().listener().stageFinished(progress());
        long spilled = run.totals().sum(number, TaskCounts::spilledBytes);
        return metrics.summary(number, stage.label(), spilled, elapsed());
    }

    private void await(List<Future<?>> futures) throws Exception {
        for (Future<?> task : futures) {
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

    private void run(int task) {
        try {
            TaskId id = new TaskId(number, task);
            if (run.checkpoints().isDone(id)) {
                metrics.doneBefore(run.totals().of(id).summary());
            } else {
                TaskSummary done = tasks.run(task, metrics);
                metrics.done(done);
                run.settings().listener().taskFinished(number, done);
            }
        } catch (CancelledException e) {
            // Another task's failure is told.
        } catch (TaskFailedException e) {
            fail(e.getCause());
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
        run.cancelled().set(true);
    }

    private StageProgress progress() {
        return new StageProgress(
                number,
                stages,
                stage.label(),
                work.tasks(),
                metrics.tasksDone(),
                metrics.bytesRead.sum(),
                work.bytes(),
                metrics.recordsRead.sum(),
                work.records(),
                run.shuffle().metrics().bytes(),
                elapsed());
    }

    private Duration elapsed() {
        return Duration.between(start, run.settings().clock().instant());
    }
}
