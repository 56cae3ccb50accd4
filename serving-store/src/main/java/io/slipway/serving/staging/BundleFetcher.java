package io.slipway.serving.staging;

import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.storage.RepositoryStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Fetches all files of a bundle, several at a time. Thread-safe. */
final class BundleFetcher {

    private final FileFetcher files;
    private final Executor executor;

    /**
     * A fetcher.
     *
     * @param executor its threads say how many files are fetched at a time
     * @param throttle bounds the bytes per second of all files together
     */
    BundleFetcher(RepositoryStorage storage, Executor executor, Throttle throttle) {
        this.files = new FileFetcher(storage, throttle);
        this.executor = executor;
    }

    /**
     * Fetches and verifies all files; when it returns or throws, no thread works on them any more.
     *
     * @throws io.slipway.model.CorruptDataException if a file of the repository is not what the manifest says
     * @throws UnavailableException if a file cannot be read or written now
     * @throws CancellationException if it was cancelled
     */
    void fetch(Manifest manifest, Path folder, StagingProgress progress) {
        AtomicBoolean failed = new AtomicBoolean();
        BooleanSupplier cancelled = () -> failed.get() || progress.isCancelled();
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (FileEntry file : manifest.files()) {
            FutureTask<Void> task = new FutureTask<>(
                    () -> {
                        boolean good = false;
                        try {
                            fetch(manifest, file, folder, progress, cancelled);
                            good = true;
                        } finally {
                            failed.compareAndSet(false, !good);
                        }
                    },
                    null);
            tasks.add(task);
            executor.execute(task);
        }
        awaitAll(tasks);
    }

    private void fetch(
            Manifest manifest, FileEntry file, Path folder, StagingProgress progress, BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException();
        }
        files.fetch(manifest.version(), file, folder.resolve(file.name()), progress, cancelled);
    }

    /** Waits for all, then throws what went wrong first; that a file was given up because of another says nothing. */
    private static void awaitAll(List<FutureTask<Void>> tasks) {
        RuntimeException problem = null;
        for (FutureTask<Void> task : tasks) {
            RuntimeException found = await(task);
            if (found != null && (problem == null || problem instanceof CancellationException)) {
                problem = found;
            }
        }
        if (problem != null) {
            throw problem;
        }
    }

    private static RuntimeException await(FutureTask<Void> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return null;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    return problem(e.getCause());
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
