package io.slipway.model;

/** The dataset, version or file that was named does not exist: the message says what there is instead. */
public final class NotFoundException extends SlipwayException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, with the values, and what to do
     */
    public NotFoundException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what happened, with the values, and what to do
     * @param cause what led to it, or null
     */
    public NotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
