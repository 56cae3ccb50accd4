package io.slipway.cli;

import java.util.OptionalLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar on standard error with rate and time left, which is shown only to people (a terminal) and only once the work
 * has taken {@value #PATIENCE_MILLIS} ms. Thread-safe.
 */
final class Progress implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 1000;
    private static final int REFRESH_MILLIS = 200;
    private static final long MEBIBYTE = 1L << 20;

    private final String task;
    private final long total;
    private final boolean visible;
    private final long startNanos = System.nanoTime();
    private long done;
    private ProgressBar bar;

    private Progress(String task, OptionalLong total) {
        this.task = task;
        this.total = total.orElse(-1);
        this.visible = Terminal.isInteractive();
    }

    /** Progress of a task over so many bytes. */
    static Progress ofBytes(String task, long total) {
        return new Progress(task, OptionalLong.of(total));
    }

    /** Tells that so many more bytes are done. */
    synchronized void advance(long bytes) {
        done += bytes;
        if (visible && bar == null && System.nanoTime() - startNanos > PATIENCE_MILLIS * 1_000_000L) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setUnit(" MiB", MEBIBYTE)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REFRESH_MILLIS)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .showSpeed()
                    .build();
        }
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
