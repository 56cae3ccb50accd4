package io.slipway.serving.connection;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Replies to requests that HTTP itself does not allow, so that no handler sees them. It says if no other request can come
 * on the connection.
 *
 * <p>The reply is written as if more were to come, though nothing does. Jetty takes a last write for the end of the request
 * as soon as it is done, whether or not who waits for it has been told; that may be somewhat later, as a connection's
 * callbacks are called one after another, and the one before may belong to a request that another thread is just leaving.
 * The callback then finds its request over, and what comes next on the connection fails for it (Jetty 12.1). {@code
 * ErrorRepliesTest} shows it.
 */
public abstract class ErrorReplies extends ErrorHandler {

    @Override
    public final boolean handle(Request request, Response response, Callback callback) {
        if (response.getStatus() == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) {
            response.setStatus(HttpStatus.BAD_REQUEST_400); // It is no failure of this server.
        }
        ByteBuffer body = reply(request, response);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
        if (!request.getConnectionMetaData().isPersistent()) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        response.write(false, body, callback);
        return true;
    }

    /** Makes the reply: sets the headers of the response, which has its status, and gives the body. */
    protected abstract ByteBuffer reply(Request request, Response response);
}
