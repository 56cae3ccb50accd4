package io.slipway.serving.admin;

import io.slipway.model.CommitConflictException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a problem document (RFC 9457) of whatever a resource throws. Thread-safe. */
final class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException web) {
            return ofHttp(web.getResponse());
        }
        if (failure instanceof SlipwayException slipway) {
            return response(new ProblemDocument(status(slipway), slug(slipway), slipway.getMessage()));
        }
        if (failure instanceof IOException || failure instanceof HttpException) {
            return response(new ProblemDocument(
                    400, "bad-request", "The body did not arrive as its headers say. Send the request again."));
        }
        LOG.warn("A request of the admin port failed", failure);
        return response(
                new ProblemDocument(500, "internal-error", "The request failed. The log of this process says why."));
    }

    private static Response ofHttp(Response response) {
        if (response.hasEntity()) {
            return response;
        }
        Response problem = response(ProblemDocument.ofHttp(response.getStatus()));
        String allow = response.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? problem
                : Response.fromResponse(problem)
                        .header(HttpHeaders.ALLOW, allow)
                        .build();
    }

    private static int status(SlipwayException failure) {
        if (failure instanceof InvalidInputException) {
            return 400;
        }
        if (failure instanceof NotFoundException) {
            return 404;
        }
        if (failure instanceof CommitConflictException) {
            return 409;
        }
        return failure instanceof UnavailableException ? 503 : 500;
    }

    private static String slug(SlipwayException failure) {
        return switch (status(failure)) {
            case 400 -> "invalid-input";
            case 404 -> "not-found";
            case 409 -> "conflict";
            case 503 -> "unavailable";
            default -> "failed";
        };
    }

    private static Response response(ProblemDocument problem) {
        return Response.status(problem.status())
                .type(ProblemDocument.CONTENT_TYPE)
                .entity(problem.json())
                .build();
    }
}
