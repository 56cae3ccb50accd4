package io.slipway.serving.http;

/** A request that gets a problem document as its reply. It has no stack trace: it says nothing about this program. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;

    /**
     * A problem.
     *
     * @param detail what is wrong, with the values, and what to do
     */
    ProblemException(ProblemType type, String detail) {
        super(detail, null, false, false);
        this.type = type;
    }

    ProblemType type() {
        return type;
    }
}
