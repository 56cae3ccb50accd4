package io.slipway.serving.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A problem document (RFC 9457) of the admin port.
 *
 * @param status the HTTP status
 * @param slug the end of its type, which never changes
 * @param detail what is wrong and what to do
 */
record ProblemDocument(int status, String slug, String detail) {

    static final String CONTENT_TYPE = "application/problem+json";

    /** The document of an error that the HTTP layer found. */
    static ProblemDocument ofHttp(int status) {
        return new ProblemDocument(
                status,
                "http-" + status,
                HttpStatus.getMessage(status) + ". See /healthz, /readyz, /metrics and /v1/node.");
    }

    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "urn:slipway:problem:" + slug);
        json.put("title", HttpStatus.getMessage(status));
        json.put("status", status);
        json.put("detail", detail);
        return json.toString();
    }

    /** Replies with it. */
    void reply(Response response, Callback callback) {
        response.write(true, in(response), callback);
    }

    /** Makes a response say that it is one; the body. */
    ByteBuffer in(Response response) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
        return ByteBuffer.wrap(json().getBytes(StandardCharsets.UTF_8));
    }
}
