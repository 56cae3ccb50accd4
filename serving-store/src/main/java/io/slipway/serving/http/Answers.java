package io.slipway.serving.http;

import io.slipway.serving.ReadSettings;
import io.slipway.serving.ServingNode;
import io.slipway.serving.view.Snapshot;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes answers, each from one pinned snapshot; whatever goes wrong becomes a problem document. Thread-safe.
 *
 * <p><b>Threads.</b> What memory can answer is answered {@link #here}, in the thread that read the request from the
 * network and that many connections share, so it must never wait. What may wait for the disk, or takes long, is answered
 * {@link #elsewhere}, by a few threads of its own. A request needs a permit for that, and keeps it until its reply is
 * written; there are only so many, so the queue of those threads is bounded, and who gets none is refused at once.
 */
final class Answers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final int THREADS_PER_PROCESSOR = 2;

    private final ServingNode node;
    private final ReadSettings settings;
    private final Semaphore permits;
    private final ExecutorService threads;

    Answers(ServingNode node, ReadSettings settings) {
        this.node = node;
        this.settings = settings;
        this.permits = new Semaphore(settings.concurrentRequests());
        this.threads = Executors.newFixedThreadPool(
                settings.threads() > 0
                        ? settings.threads()
                        : THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors(),
                named());
    }

    /** Makes an answer in this thread. */
    void here(Exchange exchange, Answer answer) {
        try (Snapshot snapshot = node.snapshots().pin()) {
            exchange.catalog(snapshot.sequence());
            try {
                if (CatalogHeader.of(exchange.request().getHeaders()) > snapshot.sequence()) {
                    awaitCatalog(exchange, snapshot, answer);
                } else {
                    answer.from(snapshot);
                }
            } catch (ProblemException e) {
                exchange.reply(e.type(), e.getMessage());
            } catch (RuntimeException e) {
                failed(exchange, e);
            }
        }
    }

    /**
     * Has an answer made by a thread that may wait. The caller does nothing more with the exchange.
     *
     * @throws ProblemException if there is too much to do
     */
    void elsewhere(Exchange exchange, Answer answer) {
        admit(exchange);
        try {
            threads.execute(() -> here(exchange, snapshot -> {
                checkTime(exchange);
                answer.from(snapshot);
            }));
        } catch (RejectedExecutionException e) {
            throw new ProblemException(ProblemType.OVERLOADED, "The node is stopping. Ask another node.");
        }
    }

    /**
     * Gets a request the permit to go on, before anything is spent on it.
     *
     * @throws ProblemException if there is too much to do
     */
    void admit(Exchange exchange) {
        if (!exchange.admit(permits)) {
            throw new ProblemException(
                    ProblemType.OVERLOADED,
                    "The limit of " + settings.concurrentRequests()
                            + " requests at a time is reached (concurrent.requests). Try again, or ask another node.");
        }
    }

    /** Gives a request up that takes longer than the limit. */
    void checkTime(Exchange exchange) {
        if (isOutOfTime(exchange)) {
            throw new ProblemException(
                    ProblemType.TOOK_TOO_LONG,
                    "The request took longer than the limit of "
                            + settings.time().toMillis() + " ms (request.time). Ask for less at a time, or try again.");
        }
    }

    /** Whether a request takes longer than the limit. */
    boolean isOutOfTime(Exchange exchange) {
        return exchange.nanos() > settings.time().toNanos();
    }

    /** Has the node look at the catalog, and tries again then; once. */
    private void awaitCatalog(Exchange exchange, Snapshot snapshot, Answer answer) {
        ReadTarget.note(exchange, snapshot);
        if (!exchange.awaitsCatalogFirst()) {
            throw new ProblemException(
                    ProblemType.CATALOG_BEHIND,
                    "This node does not serve what that catalog says yet. Try again, or ask another node.");
        }
        admit(exchange);
        long left = Math.max(0, settings.time().toNanos() - exchange.nanos());
        var unused = node.look()
                .completeOnTimeout(null, left, TimeUnit.NANOSECONDS)
                .thenRunAsync(() -> here(exchange, answer), threads);
    }

    private static void failed(Exchange exchange, RuntimeException e) {
        if (exchange.isReplied()) {
            throw e;
        }
        LOG.warn("A request failed: {}", exchange.request(), e);
        exchange.reply(ProblemType.INTERNAL_ERROR, "The node could not answer. Its log says why. Ask another node.");
    }

    /** Ends the threads; answers under way may be cut off. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static ThreadFactory named() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "slipway-read-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Makes one answer. */
    @FunctionalInterface
    interface Answer {
        void from(Snapshot snapshot);
    }
}
