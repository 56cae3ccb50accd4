package io.slipway.batch.engine;

/** Ends an attempt because another task has failed for good. Never reaches the caller. */
final class CancelledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CancelledException() {
        super("another task has failed", null, false, false);
    }
}
