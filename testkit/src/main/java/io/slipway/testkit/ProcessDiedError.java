package io.slipway.testkit;

/**
 * The process was killed at this point, as far as the test is concerned. An error, so that no code takes it for a
 * failure to be handled: whoever catches it is the test.
 */
public final class ProcessDiedError extends Error {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param call which call did not return
     */
    public ProcessDiedError(String call) {
        super("The process died at " + call);
    }
}
