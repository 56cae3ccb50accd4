package io.slipway.controller;

import io.slipway.model.SlipwayException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a controller's cycles on a thread of its own until it is closed: once per interval, and at once when woken or
 * when the last cycle changed something. What goes wrong is logged once, and tried again.
 */
public final class ControllerLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerLoop.class);

    private final Controller controller;
    private final Duration interval;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private String lastProblem = "";

    private ControllerLoop(Controller controller, Duration interval) {
        this.controller = controller;
        this.interval = interval;
        this.thread = new Thread(this::run, "controller");
    }

    /** Starts cycling, once per interval at least. */
    public static ControllerLoop start(Controller controller, Duration interval) {
        ControllerLoop loop = new ControllerLoop(controller, interval);
        loop.thread.start();
        return loop;
    }

    /** Has the next cycle begin now. Thread-safe. */
    public void wake() {
        wakeUps.release();
    }

    /** Stops after the cycle that is running. */
    @Override
    public void close() {
        closed = true;
        wake();
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
            boolean isChanged = controller.cycle();
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
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            LOG.warn("The controller cannot go on, and tries again every {} s: {}", interval.toSeconds(), problem);
            LOG.debug("Cause", e);
        }
    }
}
