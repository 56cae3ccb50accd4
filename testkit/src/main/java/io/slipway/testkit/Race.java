package io.slipway.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Runs actions in as many threads, all let go at once. Stateless. */
public final class Race {

    private static final int DEADLINE_SECONDS = 60;

    private Race() {}

    /**
     * Runs a race.
     *
     * @param threads how many take part
     * @param action the action of each thread, from 0
     * @return what each returned, in the order of the threads
     * @throws AssertionError if one threw, or is not done after a minute
     */
    public static <T> List<T> run(int threads, IntFunction<Callable<T>> action) {
        List<Callable<T>> actions = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            actions.add(action.apply(i));
        }
        return run(actions);
    }

    /**
     * Runs a race.
     *
     * @return what each action returned, in their order
     * @throws AssertionError if one threw, or is not done after a minute
     */
    public static <T> List<T> run(List<Callable<T>> actions) {
        CyclicBarrier start = new CyclicBarrier(actions.size());
        ExecutorService threads = Executors.newFixedThreadPool(actions.size());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> action : actions) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return action.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(result(future));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("A racing thread failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("A racing thread is not done after " + DEADLINE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The race was interrupted", e);
        }
    }
}
