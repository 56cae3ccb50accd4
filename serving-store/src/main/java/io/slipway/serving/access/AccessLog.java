package io.slipway.serving.access;

import io.slipway.model.UnavailableException;
import io.slipway.serving.metrics.LookupMetrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A line for each reply, written by one thread. Whoever replies never waits for it: entries go into a queue, and those that
 * find it full are left out and counted. Thread-safe.
 */
public final class AccessLog implements AutoCloseable {

    /** No log; costs nothing. */
    public static final AccessLog OFF = new AccessLog(
            AccessLogSettings.Paths.WITHOUT_KEYS, 1, lines -> {}, new LookupMetrics(), () -> Instant.EPOCH);

    /** How many entries wait at most; each has a few hundred bytes. */
    private static final int QUEUE = 16 << 10;

    private static final int ENTRIES_AT_A_TIME = 1000;
    private static final long LOOK_MILLIS = 100;
    private static final long CLOSE_MILLIS = 2000;

    private final AccessLines lines;
    private final BlockingQueue<AccessEntry> queue;
    private final LineTarget target;
    private final LookupMetrics metrics;
    private final InstantSource clock;
    private final Thread writer = new Thread(this::write, "slipway-access-log");
    private boolean isOn;
    private volatile boolean closed;

    /**
     * A log that is off until it is {@linkplain #started}.
     *
     * @param queued how many entries wait at most
     * @param target where lines go; closed with this
     * @param metrics counts lines that were written and that were left out
     */
    AccessLog(
            AccessLogSettings.Paths paths, int queued, LineTarget target, LookupMetrics metrics, InstantSource clock) {
        this.lines = new AccessLines(paths);
        this.queue = new ArrayBlockingQueue<>(queued);
        this.target = target;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Opens the log that the settings ask for.
     *
     * @param metrics counts lines that were written and that were left out
     * @param clock the time that lines have
     * @throws UnavailableException if the file cannot be written
     */
    public static AccessLog open(AccessLogSettings settings, LookupMetrics metrics, InstantSource clock) {
        return settings.isOn()
                ? new AccessLog(settings.paths(), QUEUE, LineFile.open(settings.target()), metrics, clock).started()
                : OFF;
    }

    AccessLog started() {
        isOn = true;
        writer.setDaemon(true);
        writer.start();
        return this;
    }

    /** Whether entries are logged; if not, none need be made. */
    public boolean isOn() {
        return isOn;
    }

    /** The time, for an entry. */
    public Instant now() {
        return clock.instant();
    }

    /** Has an entry written, or left out if too many wait. Never waits. */
    public void add(AccessEntry entry) {
        if (!queue.offer(entry)) {
            metrics.lostLines().increment();
        }
    }

    private void write() {
        List<AccessEntry> entries = new ArrayList<>();
        while (await(entries)) {
            entries.forEach(lines::add);
            target.write(lines.take());
            metrics.loggedLines().add(entries.size());
            entries.clear();
        }
    }

    /** Waits for entries; whether there are any, or may be some later. */
    private boolean await(List<AccessEntry> entries) {
        try {
            while (entries.isEmpty()) {
                boolean isLast = closed;
                AccessEntry first = queue.poll(isLast ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    entries.add(first);
                    queue.drainTo(entries, ENTRIES_AT_A_TIME - 1);
                } else if (isLast) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Writes what waits, unless that takes long. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(CLOSE_MILLIS);
            if (!writer.isAlive()) {
                target.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
