package io.slipway.batch.engine;

import java.util.List;

/** A task has failed for good. Its cause is what the first attempt threw, which carries what the others threw. */
final class TaskFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TaskFailedException(List<Throwable> causes) {
        super("a task has failed", causes.get(0));
        Throwable first = causes.get(0);
        causes.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
    }
}
