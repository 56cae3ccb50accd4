package io.slipway.cli;

import io.slipway.batch.StageProgress;
import io.slipway.model.RunId;
import java.io.PrintWriter;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar for each stage of a job on standard error, with rate and time left: shown only to people (a terminal), and only
 * for stages that take more than {@value #PATIENCE_MILLIS} ms. Attempts that failed, and
 * whether an earlier try is taken up, are told in any case. Thread-safe.
 */
final class JobProgress implements JobFeedback {

    private static final int PATIENCE_MILLIS = 2000;
    private static final int REFRESH_MILLIS = 200;
    private static final long MEBIBYTE = 1L << 20;
    private static final long THOUSAND = 1000;

    private final PrintWriter err;
    private final boolean visible;
    private Optional<ProgressBar> bar = Optional.empty();

    /** Progress in front of whoever sees the standard error. */
    JobProgress(PrintWriter err) {
        this.err = err;
        this.visible = Terminal.isInteractive();
    }

    @Override
    public synchronized void stageProgress(StageProgress progress) {
        if (!visible || progress.elapsed().toMillis() < PATIENCE_MILLIS) {
            return;
        }
        if (bar.isEmpty()) {
            bar = Optional.of(newBar(progress));
        }
        update(bar.get(), progress);
    }

    @Override
    public synchronized void stageFinished(StageProgress progress) {
        bar.ifPresent(shown -> update(shown, progress));
        close();
    }

    @Override
    public synchronized void resumed(RunId run, int tasksDone, int tasks) {
        err.println("Resuming run " + run + ": " + tasksDone + " of " + tasks + " tasks are done.");
        err.flush();
    }

    @Override
    public synchronized void startedOver(RunId run, String change) {
        err.println("Starting run " + run + " over: " + change + ".");
        err.flush();
    }

    @Override
    public synchronized void attemptFailed(String stage, int task, int attempt, Throwable cause) {
        err.println(
                "Attempt " + (attempt + 1) + " at task " + task + " of '" + stage + "' failed: " + cause.getMessage());
        err.flush();
    }

    @Override
    public synchronized void close() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }

    private static ProgressBar newBar(StageProgress progress) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(progress.stage() + "/" + progress.stages() + " " + progress.name())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .startsFrom(done(progress), progress.elapsed())
                .showSpeed();
        return isOfBytes(progress)
                ? builder.setInitialMax(progress.bytesTotal())
                        .setUnit(" MiB", MEBIBYTE)
                        .build()
                : builder.setInitialMax(Math.max(1, progress.recordsTotal()))
                        .setUnit("k records", THOUSAND)
                        .build();
    }

    private static void update(ProgressBar bar, StageProgress progress) {
        bar.setExtraMessage(progress.spilledBytes() == 0 ? "" : progress.spilledBytes() / MEBIBYTE + " MiB spilled");
        bar.stepTo(done(progress));
    }

    private static long done(StageProgress progress) {
        return isOfBytes(progress) ? progress.bytesRead() : progress.recordsRead();
    }

    private static boolean isOfBytes(StageProgress progress) {
        return progress.bytesTotal() > 0;
    }
}
