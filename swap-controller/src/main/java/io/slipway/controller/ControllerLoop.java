package io.slipway.controller;

import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs cycles of a controller's part on a thread of its own until it is closed: once per interval, and at once when woken
 * or when the last cycle changed something. What goes wrong is logged once, and tried again.
 */
public final class ControllerLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerLoop.class);

    /** What is controlled. */
    private enum Kind {
        REPOSITORY("controller"),
        TOPICS("topic controller");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    private final Kind kind;
    private final Cycle cycle;
    private final Duration interval;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private String lastProblem = "";

    /** Looks once and does what is to be done. */
    @FunctionalInterface
    private interface Cycle {

        /** Returns whether there may be more to do at once. */
        boolean run();
    }

    private ControllerLoop(Kind kind, Cycle cycle, Duration interval) {
        this.kind = kind;
        this.cycle = cycle;
        this.interval = interval;
        this.thread = new Thread(this::run, kind.label);
    }

    /** Starts a controller's cycles, once per interval at least. */
    public static ControllerLoop start(Controller controller, Duration interval) {
        return started(new ControllerLoop(Kind.REPOSITORY, controller::cycle, interval));
    }

    /**
     * Starts the cycles of a controller's part for topics, once per interval at least.
     *
     * @param onChange is run after a cycle that changed something
     */
    public static ControllerLoop start(TopicController controller, Duration interval, Runnable onChange) {
        return started(new ControllerLoop(
                Kind.TOPICS,
                () -> {
                    boolean isChanged = controller.cycle();
                    if (isChanged) {
                        onChange.run();
                    }
                    return isChanged;
                },
                interval));
    }

    private static ControllerLoop started(ControllerLoop loop) {
        loop.thread.start();
        return loop;
    }

    /** Has the next cycle begin now. Thread-safe. */
    public void wake() {
        wakeUps.release();
    }

    /** Stops after the cycle that is running, or, of topics, while it waits for a cluster that does not answer. */
    @Override
    public void close() {
        closed = true;
        wake();
        if (kind == Kind.TOPICS) {
            thread.interrupt();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            if (!cycle()) {
                await();
            }
        }
    }

    private void await() {
        try {
            if (wakeUps.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private boolean cycle() {
        try {
            boolean isChanged = cycle.run();
            lastProblem = "";
            return isChanged;
        } catch (SlipwayException e) {
            report(e.getMessage(), e);
        } catch (RuntimeException e) {
            report("Unexpected failure: " + e, e);
        }
        return false;
    }

    private void report(String problem, RuntimeException e) {
        // A cluster that is away is one trouble, whatever its client says of it each time.
        String trouble = kind == Kind.TOPICS && e instanceof UnavailableException ? "unavailable" : problem;
        if (!closed && !trouble.equals(lastProblem)) {
            lastProblem = trouble;
            LOG.warn("The {} cannot go on, and keeps trying: {}", kind.label, problem);
            LOG.debug("Cause", e);
        }
    }
}
