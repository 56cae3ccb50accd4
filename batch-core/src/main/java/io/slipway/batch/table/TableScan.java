package io.slipway.batch.table;

import io.slipway.batch.BadRecord;
import io.slipway.batch.JobListener;
import io.slipway.batch.Source;
import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.batch.StageProgress;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Reads all of a source, several parts at once, and lets an observer look at every row. Used by one thread.
 *
 * @param <R> the rows
 * @param <O> the observer, one for each part
 */
final class TableScan<R, O extends TableScan.Observer<R, O>> {

    private static final long SPLIT_BYTES = 16L << 20;
    private static final long REPORT_MILLIS = 200;

    /** Looks at the rows of a part. Used by one thread. */
    interface Observer<R, O> {

        /** Looks at a row. */
        void observe(R row);

        /** Adds what an observer of a later part has seen. */
        void add(O later);
    }

    private final Source<R> source;
    private final Supplier<O> observers;
    private final JobListener listener;
    private final LongAdder bytes = new LongAdder();
    private final LongAdder contentBytes = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final long startNanos = System.nanoTime();
    private volatile boolean stopped;
    private List<Split> splits = List.of();

    TableScan(Source<R> source, Supplier<O> observers, JobListener listener) {
        this.source = source;
        this.observers = observers;
        this.listener = listener;
    }

    /**
     * What was seen of all rows.
     *
     * @param parallelism how many parts are read at once
     * @throws UnavailableException if the input cannot be read
     */
    O run(int parallelism) {
        ExecutorService executor = Executors.newFixedThreadPool(parallelism, task -> {
            Thread thread = new Thread(task, "slipway-scan");
            thread.setDaemon(true);
            return thread;
        });
        try {
            splits = source.splits(SPLIT_BYTES);
            listener.stageStarted(progress());
            List<Future<O>> parts = new ArrayList<>();
            for (Split split : splits) {
                parts.add(executor.submit(() -> read(split)));
            }
            O all = observers.get();
            for (Future<O> part : parts) {
                all.add(await(part));
            }
            listener.stageFinished(progress());
            return all;
        } catch (IOException e) {
            throw new UnavailableException("The input cannot be read (" + e + "). Check the files.", e);
        } finally {
            stopped = true;
            executor.shutdownNow();
        }
    }

    /** How many bytes the content of all files has, unpacked; known when all of it was read. */
    long contentBytes() {
        return contentBytes.sum();
    }

    private O await(Future<O> part) throws IOException {
        while (true) {
            try {
                return part.get(REPORT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                listener.stageProgress(progress());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException("Reading the input was interrupted. Publish again.", e);
            } catch (ExecutionException e) {
                throw rethrown(e.getCause());
            }
        }
    }

    private static IOException rethrown(Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (IOException) cause;
    }

    private O read(Split split) throws IOException {
        O observer = observers.get();
        Part part = new Part(observer);
        source.read(split, part);
        rows.add(part.unreported);
        done.increment();
        return observer;
    }

    private StageProgress progress() {
        long total = splits.stream().mapToLong(Split::length).sum();
        return new StageProgress(
                1,
                1,
                "find the types of " + source.label(),
                splits.size(),
                done.intValue(),
                bytes.sum(),
                total,
                rows.sum(),
                0,
                0,
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** Hands the rows of a part to its observer. */
    private final class Part implements SourceContext<R> {

        private static final int REPORT_EVERY = 1024;

        private final O observer;
        private int unreported;

        Part(O observer) {
            this.observer = observer;
        }

        @Override
        public void emit(R row) {
            observer.observe(row);
            if (++unreported == REPORT_EVERY) {
                rows.add(unreported);
                unreported = 0;
                if (stopped) {
                    throw new java.util.concurrent.CancellationException("The scan has failed elsewhere");
                }
            }
        }

        @Override
        public void bytesRead(long more) {
            bytes.add(more);
        }

        @Override
        public void contentRead(long more) {
            contentBytes.add(more);
        }

        @Override
        public void badRecord(Supplier<BadRecord> record) {
            // The job that reads the rows tells of it.
        }

        @Override
        public void refuse(Supplier<BadRecord> record, String remedy) {
            // The job that reads the rows refuses it, and tells where it goes.
        }

        @Override
        public void count(String counter, long delta) {
            // Nothing that is counted here is shown.
        }
    }
}
