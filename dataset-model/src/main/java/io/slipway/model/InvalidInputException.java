package io.slipway.model;

/** The input, or what the caller asked for, is wrong: the message names the place (file, line, field), the value and the way out. */
public final class InvalidInputException extends SlipwayException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, with the values, and what to do
     */
    public InvalidInputException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what happened, with the values, and what to do
     * @param cause what led to it, or null
     */
    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
