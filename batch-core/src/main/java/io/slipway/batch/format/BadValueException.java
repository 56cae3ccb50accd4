package io.slipway.batch.format;

/** A value does not fit; the message is what is wrong, without the place. */
final class BadValueException extends Exception {

    private static final long serialVersionUID = 1L;

    BadValueException(String message, Throwable cause) {
        super(message, cause);
    }
}
