package io.slipway.serving.admin;

import io.slipway.serving.connection.RequestBody;
import io.slipway.serving.security.Access;
import io.slipway.serving.security.Role;
import io.slipway.serving.security.TokenCheck;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets through to the admin port's resources what may ask them. Everybody may ask whether the node is well. With tokens,
 * metrics need any, and all else an operator's. Without, the port is on the loopback address, and requests that a
 * browser sends for another site are refused. A path is compared as it was sent, so one that is written otherwise needs an
 * operator. Thread-safe.
 */
final class AdminGuard extends Handler.Wrapper {

    private final Optional<TokenCheck> tokens;
    private final Duration time;

    /**
     * Guards a handler.
     *
     * @param time how long the body of a request that is refused may take to arrive
     */
    AdminGuard(Handler guarded, Optional<TokenCheck> tokens, Duration time) {
        super(guarded);
        this.tokens = tokens;
        this.time = time;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = String.valueOf(request.getHttpURI().getPath());
        if (path.equals("/healthz") || path.equals("/readyz")) {
            return super.handle(request, response, callback);
        }
        boolean isMetrics = path.equals("/metrics");
        if (tokens.isEmpty()) {
            Optional<ProblemDocument> problem = isMetrics ? Optional.empty() : ForeignSite.problem(request);
            if (problem.isPresent()) {
                refuse(problem.get(), request, response, callback);
                return true;
            }
            return super.handle(request, response, callback);
        }
        Access access = tokens.get().check(request.getHeaders(), isMetrics ? Role.READER : Role.OPERATOR);
        if (access instanceof Access.Granted granted) {
            return super.handle(new OwnedRequest(request, granted.owner()), response, callback);
        }
        Access.Refused refused = (Access.Refused) access;
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, refused.why().challenge());
        int status = refused.why().status();
        refuse(
                new ProblemDocument(
                        status,
                        status == 401 ? "unauthorized" : "forbidden",
                        refused.why().detail()),
                request,
                response,
                callback);
        return true;
    }

    private void refuse(ProblemDocument problem, Request request, Response response, Callback callback) {
        RequestBody.drop(request, time, dropped -> {
            dropped.announceEnd(response);
            problem.reply(response, callback);
        });
    }
}
