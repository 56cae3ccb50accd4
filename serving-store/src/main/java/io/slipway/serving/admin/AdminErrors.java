package io.slipway.serving.admin;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Makes problem documents of the errors that no resource has seen; they say nothing about this program. Thread-safe. */
final class AdminErrors extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ProblemDocument.ofHttp(response.getStatus()).reply(response, callback);
        return true;
    }
}
