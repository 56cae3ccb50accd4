package io.slipway.serving;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that stage, examine and close versions, apart from those that answer readers. */
final class NodeThreads implements AutoCloseable {

    private static final int VERSIONS_AT_A_TIME = 2;
    private static final long CLOSE_SECONDS = 10;

    private final ExecutorService stagings =
            Executors.newFixedThreadPool(VERSIONS_AT_A_TIME, named("slipway-staging-"));
    private final ExecutorService fetchers;
    private final ExecutorService examiner = Executors.newSingleThreadExecutor(named("slipway-examine-"));
    private final ExecutorService closer = Executors.newSingleThreadExecutor(named("slipway-close-"));

    NodeThreads(int filesAtATime) {
        fetchers = Executors.newFixedThreadPool(filesAtATime, named("slipway-fetch-"));
    }

    /** Stage one version per thread. */
    ExecutorService stagings() {
        return stagings;
    }

    /** Fetch one file per thread. */
    ExecutorService fetchers() {
        return fetchers;
    }

    /** Looks into staged versions for controllers, one question after the other. */
    ExecutorService examiner() {
        return examiner;
    }

    /** Closes and deletes versions, one after the other; after {@link #close}, in the thread of the last reader. */
    Executor closer() {
        return task -> {
            try {
                closer.execute(task);
            } catch (RejectedExecutionException e) {
                task.run();
            }
        };
    }

    /** Waits for what is under way, which has been told to stop. */
    @Override
    public void close() {
        examiner.shutdownNow();
        for (ExecutorService executor : List.of(examiner, stagings, fetchers, closer)) {
            executor.shutdown();
            try {
                if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                    executor.shutdownNow();
                }
            } catch (InterruptedException e) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
