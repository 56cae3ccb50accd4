package io.slipway.model;

/** Somebody else changed what this was based on: read again, and decide again. */
public final class CommitConflictException extends SlipwayException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, with the values, and what to do
     */
    public CommitConflictException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what happened, with the values, and what to do
     * @param cause what led to it, or null
     */
    public CommitConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
