package io.slipway.cli;

/** Tells whether people are watching. Stateless. */
final class Terminal {

    private static final String PROPERTY = "slipway.terminal";

    private Terminal() {}

    /** Whether standard error is a terminal: the launcher says so, because Java cannot tell it of one output alone. */
    static boolean isInteractive() {
        return Boolean.getBoolean(PROPERTY);
    }
}
