package io.slipway.model;

/** A resource that is needed (storage, disk, node) cannot be used now: retry later, or mend it as the message says. */
public final class UnavailableException extends SlipwayException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, with the values, and what to do
     */
    public UnavailableException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what happened, with the values, and what to do
     * @param cause what led to it, or null
     */
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
