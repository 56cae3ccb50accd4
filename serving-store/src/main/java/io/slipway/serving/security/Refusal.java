package io.slipway.serving.security;

/** Why a request is refused for its token (RFC 6750, section 3.1). */
public enum Refusal {
    /** It has none. */
    NO_TOKEN(
            401,
            "Bearer realm=\"slipway\"",
            "This node wants a token. Send the header `Authorization: Bearer TOKEN`; who operates the node has it."),
    /** It has one, or something like it, that is nobody's. */
    UNKNOWN_TOKEN(
            401,
            "Bearer realm=\"slipway\", error=\"invalid_token\"",
            "This node does not know the token. Send one that is in its tokens file, as `Authorization: Bearer TOKEN`."),
    /** It has one whose owner may do less. */
    WRONG_ROLE(
            403,
            "Bearer realm=\"slipway\", error=\"insufficient_scope\", scope=\"operator\"",
            "The token is a reader's, and this needs an operator's. Ask who operates the node for one.");

    private final int status;
    private final String challenge;
    private final String detail;

    Refusal(int status, String challenge, String detail) {
        this.status = status;
        this.challenge = challenge;
        this.detail = detail;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The value of the header {@code WWW-Authenticate}. */
    public String challenge() {
        return challenge;
    }

    /** What is wrong and what to do. */
    public String detail() {
        return detail;
    }
}
