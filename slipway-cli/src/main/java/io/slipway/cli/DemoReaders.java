package io.slipway.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * The demo's readers, each on a thread of its own, until they are closed. Told which step of {@link DemoReader} may
 * happen, before it happens. Used by one thread.
 */
final class DemoReaders implements AutoCloseable {

    /** So many rounds of requests at a step make a reader count as having got there. */
    private static final int ROUNDS = 20;

    private final List<Thread> threads = new ArrayList<>();
    private final List<CountDownLatch> arrivals;
    private volatile int allowedStep;
    private volatile boolean stopped;

    private DemoReaders(int readers) {
        arrivals = Stream.generate(() -> new CountDownLatch(readers))
                .limit(DemoReader.steps())
                .toList();
    }

    /**
     * Starts readers.
     *
     * @param readers how many
     * @param reader makes one, of what tells the last step that may have been taken
     */
    static DemoReaders start(int readers, Function<IntSupplier, DemoReader> reader) {
        DemoReaders started = new DemoReaders(readers);
        for (int i = 0; i < readers; i++) {
            DemoReader each = reader.apply(() -> started.allowedStep);
            Thread thread = new Thread(() -> started.read(each), "demo-reader-" + i);
            thread.setDaemon(true);
            started.threads.add(thread);
        }
        started.threads.forEach(Thread::start);
        return started;
    }

    /** Tells that from now on a step may happen. */
    void allow(int step) {
        allowedStep = step;
    }

    /**
     * Waits until every reader has read for a while at a step.
     *
     * @return false if one has not got there in the time given
     */
    boolean await(int step, Duration patience) throws InterruptedException {
        return arrivals.get(step).await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops the readers, each after the requests that it is at. */
    @Override
    public void close() {
        stopped = true;
        boolean isInterrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
                threads.forEach(Thread::interrupt);
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(DemoReader reader) {
        int[] rounds = new int[DemoReader.steps()];
        try {
            while (!stopped) {
                int step = reader.readSome();
                rounds[step]++;
                if (rounds[step] == ROUNDS) {
                    arrivals.get(step).countDown();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
