package io.slipway.cli;

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
    private static final long THOUSAND = 1000;

    private final String task;
    private final long total;
    private final Unit unit;
    private final boolean visible;
    private final long startNanos = System.nanoTime();
    private long done;
    private ProgressBar bar;

    private Progress(String task, long total, Unit unit) {
        this.task = task;
        this.total = total;
        this.unit = unit;
        this.visible = Terminal.isInteractive();
    }

    /** What the bar counts in. */
    private record Unit(String name, long size) {}

    /** Progress of a task over so many bytes. */
    static Progress ofBytes(String task, long total) {
        return new Progress(task, total, new Unit(" MiB", MEBIBYTE));
    }

    /** Progress of a task over so many records. */
    static Progress ofRecords(String task, long total) {
        return new Progress(task, total, new Unit("k records", THOUSAND));
    }

    /** Tells that so much more is done. */
    synchronized void advance(long more) {
        done += more;
        if (visible && bar == null && System.nanoTime() - startNanos > PATIENCE_MILLIS * 1_000_000L) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setUnit(unit.name(), unit.size())
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
