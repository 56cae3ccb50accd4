package io.slipway.model;

/**
 * The root of the exceptions that Slipway's public API throws. Each subclass is named by what its caller should do
 * next; the message is one sentence of what happened, with the values, then what to do about it.
 */
public abstract sealed class SlipwayException extends RuntimeException
        permits CommitConflictException,
                CommitStateUnknownException,
                CorruptDataException,
                FencedException,
                InvalidInputException,
                NotFoundException,
                UnavailableException,
                UnsupportedFormatException {

    private static final long serialVersionUID = 1L;

    SlipwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
