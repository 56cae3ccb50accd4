package io.slipway.serving.admin;

import io.slipway.serving.security.Access;
import io.slipway.serving.security.Role;
import io.slipway.serving.security.TokenCheck;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
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

    AdminGuard(Handler guarded, Optional<TokenCheck> tokens) {
        super(guarded);
        this.tokens = tokens;
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
                refuse(problem.get(), response, callback);
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
                response,
                callback);
        return true;
    }

    /** What the client sends in its body is not read, so nothing else can come on this connection. */
    private static void refuse(ProblemDocument problem, Response response, Callback callback) {
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        problem.reply(response, callback);
    }
}
