package io.slipway.model;

/** Whether the commit took place cannot be known (a lost acknowledgement): touch nothing, repeat with the same run id. */
public final class CommitStateUnknownException extends SlipwayException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, with the values, and what to do
     */
    public CommitStateUnknownException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what happened, with the values, and what to do
     * @param cause what led to it, or null
     */
    public CommitStateUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
