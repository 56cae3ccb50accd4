package io.slipway.serving.admin;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Makes problem documents of the errors that no resource has seen; they say nothing about this program. Thread-safe. */
final class AdminErrors extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        // That a version of HTTP is unknown is no failure of this server.
        ProblemDocument.ofHttp(
                        status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 ? HttpStatus.BAD_REQUEST_400 : status)
                .reply(response, callback);
        return true;
    }
}
