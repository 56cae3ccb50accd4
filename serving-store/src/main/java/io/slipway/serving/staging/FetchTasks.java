package io.slipway.serving.staging;

import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Runs the parts of a fetch, several at a time. Stateless. */
public final class FetchTasks {

    private FetchTasks() {}

    /** A part of a fetch. */
    @FunctionalInterface
    public interface Task<T> {

        /**
         * Does it.
         *
         * @param cancelled whether to give it up, by a {@link CancellationException}
         */
        T run(BooleanSupplier cancelled);
    }

    /**
     * Runs all parts; when this returns or throws, none is running. After one has failed the others are given up.
     *
     * @param executor its threads say how many run at a time
     * @return what they gave, in their order
     * @throws SlipwayException what went wrong first
     * @throws CancellationException if it was cancelled
     */
    public static <T> List<T> run(Executor executor, List<Task<T>> parts, StagingProgress progress) {
        AtomicBoolean failed = new AtomicBoolean();
        BooleanSupplier cancelled = () -> failed.get() || progress.isCancelled();
        List<FutureTask<T>> tasks = new ArrayList<>();
        progress.beginParts(parts.size());
        for (Task<T> part : parts) {
            FutureTask<T> task = new FutureTask<>(() -> {
                T result = run(part, failed, cancelled);
                progress.endPart();
                return result;
            });
            tasks.add(task);
            executor.execute(task);
        }
        return awaitAll(tasks);
    }

    private static <T> T run(Task<T> part, AtomicBoolean failed, BooleanSupplier cancelled) {
        boolean good = false;
        try {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException();
            }
            T result = part.run(cancelled);
            good = true;
            return result;
        } finally {
            failed.compareAndSet(false, !good);
        }
    }

    /** Waits for all, then throws what went wrong first; that a part was given up because of another says nothing. */
    private static <T> List<T> awaitAll(List<FutureTask<T>> tasks) {
        List<T> results = new ArrayList<>();
        RuntimeException problem = null;
        for (FutureTask<T> task : tasks) {
            try {
                results.add(await(task));
            } catch (ExecutionException e) {
                if (problem == null || problem instanceof CancellationException) {
                    problem = problem(e.getCause());
                }
            }
        }
        if (problem != null) {
            throw problem;
        }
        return results;
    }

    private static <T> T await(FutureTask<T> task) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException problem(Throwable cause) {
        if (cause instanceof SlipwayException || cause instanceof CancellationException) {
            return (RuntimeException) cause;
        }
        return new UnavailableException("A file cannot be fetched: " + cause + ". It is tried again.", cause);
    }
}
