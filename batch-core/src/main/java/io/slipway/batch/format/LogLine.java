package io.slipway.batch.format;

import java.time.Instant;

/**
 * One request in an access log. Texts are as they are in the log, escapes included; what the log has as {@code -} is
 * the empty text.
 *
 * @param host who asked
 * @param user as whom
 * @param time when
 * @param method the request's method
 * @param path what was asked for: the request's target, with its query
 * @param protocol the request's protocol; empty for one of HTTP 0.9
 * @param status the reply's status
 * @param bytes the size of the reply; −1 if the log has none
 * @param referrer where from; empty in the common format
 * @param agent by what; empty in the common format
 */
public record LogLine(
        String host,
        String user,
        Instant time,
        String method,
        String path,
        String protocol,
        int status,
        long bytes,
        String referrer,
        String agent) {}
