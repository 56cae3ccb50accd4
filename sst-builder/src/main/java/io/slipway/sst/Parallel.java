package io.slipway.sst;

import io.slipway.model.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same with several things, some of them at a time. Used by one thread. */
final class Parallel implements AutoCloseable {

    private final ExecutorService threads;

    Parallel(int parallelism) {
        threads = Executors.newFixedThreadPool(parallelism, task -> {
            Thread thread = new Thread(task, "slipway-verify");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What comes of each, in their order; or what the first of them to fail has thrown. */
    <T, R> List<R> all(List<T> things, Function<T, R> work) {
        List<Future<R>> started = new ArrayList<>();
        things.forEach(thing -> started.add(threads.submit(() -> work.apply(thing))));
        List<R> results = new ArrayList<>();
        for (Future<R> result : started) {
            results.add(await(result));
        }
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static <R> R await(Future<R> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("The work was interrupted. Start it again.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
