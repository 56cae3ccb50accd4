package io.slipway.serving.http;

import io.slipway.serving.ReadSettings;
import io.slipway.serving.connection.RequestBody;
import java.util.function.Function;

/** Answers requests whose body says what they ask for, once it is there. Thread-safe. */
final class Bodies {

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
        exchange.readBody(
                settings.bodyBytes(),
                body -> answers.here(exchange, snapshot -> answers.elsewhere(exchange, answer.apply(bytes(body)))));
    }

    private byte[] bytes(RequestBody body) {
        return switch (body.end()) {
            case READ -> body.bytes();
            case TOO_LARGE ->
                throw new ProblemException(
                        ProblemType.BODY_TOO_LARGE,
                        "The body is larger than the limit of " + settings.bodyBytes()
                                + " bytes (body.bytes). Send several requests, with ?version= to read one version.");
            case TOO_SLOW ->
                throw new ProblemException(
                        ProblemType.BODY_TOO_SLOW,
                        "The body did not arrive within the limit of "
                                + settings.time().toMillis() + " ms (request.time). Send less at a time.");
            case BROKEN, NOT_WANTED ->
                throw new ProblemException(
                        ProblemType.BAD_BODY,
                        "The body ended early, or its chunks are not well-formed. Send all of it.");
        };
    }
}
