package io.slipway.sst.diff;

import io.slipway.model.UnavailableException;
import io.slipway.sst.diff.DiffPlan.Part;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Runs the parts of one comparison. When one fails the others stop, and the caller gets the first failure when none runs
 * any more. Used once.
 */
final class PartRunner {

    private final ExecutorService threads;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    PartRunner(ExecutorService threads) {
        this.threads = threads;
    }

    /** Whether parts are to end early, since the comparison has failed. */
    boolean isStopped() {
        return failure.get() != null;
    }

    /**
     * Runs all parts.
     *
     * @param nothing the tally of no parts, for parts that were stopped too
     * @return the sum over all
     */
    DiffTally run(
            List<Part> parts, Function<Part, DiffTally> compare, DiffTally nothing, BinaryOperator<DiffTally> sum) {
        List<Future<DiffTally>> running = parts.stream()
                .map(part -> threads.submit(() -> guarded(part, compare, nothing)))
                .toList();
        DiffTally total = nothing;
        for (Future<DiffTally> part : running) {
            total = sum.apply(total, await(part));
        }
        rethrow();
        return total;
    }

    private DiffTally guarded(Part part, Function<Part, DiffTally> compare, DiffTally nothing) {
        try {
            return isStopped() ? nothing : compare.apply(part);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            return nothing;
        }
    }

    private DiffTally await(Future<DiffTally> part) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return part.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    failure.compareAndSet(null, new UnavailableException("The comparison was interrupted.", e));
                } catch (ExecutionException e) {
                    throw new IllegalStateException("A part failed outside of its comparison", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void rethrow() {
        Throwable first = failure.get();
        if (first instanceof Error error) {
            throw error;
        }
        if (first != null) {
            throw (RuntimeException) first;
        }
    }
}
