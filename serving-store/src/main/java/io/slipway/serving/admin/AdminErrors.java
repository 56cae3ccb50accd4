package io.slipway.serving.admin;

import io.slipway.serving.connection.ErrorReplies;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Makes problem documents of the errors that no resource has seen; they say nothing about this program. Thread-safe. */
final class AdminErrors extends ErrorReplies {

    @Override
    protected ByteBuffer reply(Request request, Response response) {
        return ProblemDocument.ofHttp(response.getStatus()).in(response);
    }
}
