package io.slipway.model;

/** A successor has taken over this work: stop, and leave everything as it is. */
public final class FencedException extends SlipwayException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, with the values, and what to do
     */
    public FencedException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what happened, with the values, and what to do
     * @param cause what led to it, or null
     */
    public FencedException(String message, Throwable cause) {
        super(message, cause);
    }
}
