package io.slipway.serving.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.CommitConflictException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
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
            return document(status(slipway), slug(slipway), slipway.getMessage());
        }
        LOG.warn("A request of the admin port failed", failure);
        return document(500, "internal-error", "The request failed. The log of this process says why.");
    }

    private static Response ofHttp(Response response) {
        if (response.hasEntity()) {
            return response;
        }
        int status = response.getStatus();
        Response problem = document(
                status,
                "http-" + status,
                response.getStatusInfo().getReasonPhrase() + ". See /healthz, /readyz, /metrics and /v1/node.");
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

    private static Response document(int status, String slug, String detail) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "urn:slipway:problem:" + slug);
        json.put(
                "title",
                Response.Status.fromStatusCode(status) == null
                        ? "Error"
                        : Response.Status.fromStatusCode(status).getReasonPhrase());
        json.put("status", status);
        json.put("detail", detail);
        return Response.status(status)
                .type("application/problem+json")
                .entity(json.toString())
                .build();
    }
}
