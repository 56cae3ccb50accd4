package io.slipway.serving.security;

/** Whether a request may be answered. */
public sealed interface Access {

    /**
     * It may.
     *
     * @param owner whose token it has
     */
    record Granted(TokenOwner owner) implements Access {}

    /**
     * It may not.
     *
     * @param why why not
     */
    record Refused(Refusal why) implements Access {}
}
