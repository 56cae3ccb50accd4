package io.slipway.serving.http;

import java.util.Locale;

/** The kinds of error that readers get, each with a type that never changes (RFC 9457). */
enum ProblemType {
    BAD_REQUEST(400, "The request is not well-formed"),
    BAD_PARAMETER(400, "A parameter is not acceptable"),
    BAD_KEY(400, "The key is not acceptable"),
    BAD_BODY(400, "The body is not acceptable"),
    UNAUTHORIZED(401, "The request has no good token"),
    NO_SUCH_RESOURCE(404, "There is no such resource"),
    DATASET_NOT_FOUND(404, "There is no such dataset"),
    KEY_NOT_FOUND(404, "No record has this key"),
    METHOD_NOT_ALLOWED(405, "The resource does not have this method"),
    NOT_ACCEPTABLE(406, "There is no such representation"),
    BODY_TOO_SLOW(408, "The body did not arrive in time"),
    VERSION_GONE(410, "The version cannot be read"),
    TOO_MANY_KEYS(413, "There are too many keys"),
    KEY_TOO_LARGE(413, "A key is too large"),
    BODY_TOO_LARGE(413, "The body is too large"),
    REPLY_TOO_LARGE(413, "The reply would be too large"),
    URI_TOO_LONG(414, "The address is too long"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL_ERROR(500, "The node failed"),
    VALUE_UNREADABLE(500, "The value cannot be read"),
    CATALOG_BEHIND(503, "The node has not followed the catalog so far yet"),
    OVERLOADED(503, "The node has too much to do"),
    TOOK_TOO_LONG(503, "The request took too long"),
    NO_CURRENT_VERSION(503, "The dataset has no current version yet"),
    VERSION_DAMAGED(503, "The node's copy of the version is damaged");

    private final int status;
    private final String title;
    private final String slug = name().toLowerCase(Locale.ROOT).replace('_', '-');

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** What tells the kinds apart, in metrics as well. */
    String slug() {
        return slug;
    }

    /** The URI that programs tell problems apart by. */
    String uri() {
        return "urn:slipway:problem:" + slug;
    }

    /** The kind of an error that Jetty found in a request before a handler saw it. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 404 -> NO_SUCH_RESOURCE;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> BODY_TOO_SLOW;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 431 -> HEADERS_TOO_LARGE;
            default -> status >= 500 ? INTERNAL_ERROR : BAD_REQUEST;
        };
    }
}
