package io.slipway.serving.http;

import io.slipway.serving.ReadSettings;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;

/** Reads the bodies of requests without waiting for them, within the limits of size and time. Thread-safe. */
final class Bodies {

    private static final long DROPPED_BYTES = 16 << 20;

    private final ReadSettings settings;
    private final Answers answers;

    Bodies(ReadSettings settings, Answers answers) {
        this.settings = settings;
        this.answers = answers;
    }

    /**
     * Reads a body, then answers {@linkplain Answers#elsewhere elsewhere}; if it cannot be read, the answer is why not.
     */
    void read(Exchange exchange, Function<byte[], Answers.Answer> answer) {
        Request request = exchange.request();
        Reading reading = new Reading(request);
        // Asked now: as soon as the body is read, another thread may answer, and the exchange be another request's.
        long nanosLeft = settings.time().toNanos() - exchange.nanos();
        if (request.getLength() <= settings.bodyBytes()) {
            Content.Source.asByteArrayAsync(
                    request,
                    settings.bodyBytes(),
                    Promise.Invocable.from(InvocationType.NON_BLOCKING, (byte[] body, Throwable failure) -> {
                        reading.end();
                        finish(exchange, answer, new Body(Optional.ofNullable(body), problem(failure)));
                    }));
        } else {
            // Most clients send all of a body before they look at the reply, and would see a broken connection instead
            // of one, so what is not absurdly large is read and dropped first.
            Runnable refuse = () -> {
                reading.end();
                finish(exchange, answer, new Body(Optional.empty(), tooLarge()));
            };
            if (request.getLength() > DROPPED_BYTES) {
                refuse.run();
            } else {
                Content.Source.consumeAll(
                        request, Callback.from(InvocationType.NON_BLOCKING, refuse, failure -> refuse.run()));
            }
        }
        reading.limit(nanosLeft);
    }

    private void finish(Exchange exchange, Function<byte[], Answers.Answer> answer, Body body) {
        answers.here(exchange, snapshot -> answers.elsewhere(exchange, answer.apply(body.bytes())));
    }

    private ProblemException problem(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new ProblemException(
                    ProblemType.BODY_TOO_SLOW,
                    "The body did not arrive within the limit of "
                            + settings.time().toMillis() + " ms (request.time). Send less at a time.");
        }
        return tooLarge();
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                ProblemType.BODY_TOO_LARGE,
                "The body is larger than the limit of " + settings.bodyBytes()
                        + " bytes (body.bytes), or ended early. Send several requests, with ?version= to read one"
                        + " version.");
    }

    /**
     * A body.
     *
     * @param read its bytes, if it could be read
     * @param problem why it could not, if so
     */
    private record Body(Optional<byte[]> read, ProblemException problem) {

        /**
         * Its bytes.
         *
         * @throws ProblemException if it could not be read
         */
        byte[] bytes() {
            return read.orElseThrow(() -> problem);
        }
    }

    /** A body on its way. Most have arrived with their headers, and need no timer. */
    private static final class Reading {
        private final Request request;
        private boolean ended;
        private Optional<Scheduler.Task> timer = Optional.empty();

        Reading(Request request) {
            this.request = request;
        }

        synchronized void end() {
            ended = true;
            timer.ifPresent(Scheduler.Task::cancel);
        }

        synchronized void limit(long nanos) {
            if (!ended) {
                timer = Optional.of(request.getComponents()
                        .getScheduler()
                        .schedule(this::giveUp, Math.max(nanos, 0), TimeUnit.NANOSECONDS));
            }
        }

        /** Whoever has the body meanwhile waits, so that this is not done to a request that is over. */
        private synchronized void giveUp() {
            if (!ended) {
                request.fail(new TimeoutException());
            }
        }
    }
}
