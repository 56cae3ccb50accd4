package io.slipway.serving.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.serving.Readiness;
import io.slipway.serving.ServingNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Says whether the process lives, and whether it can take readers. Thread-safe. */
@Path("/")
public final class HealthResource {

    private static final int NOT_READY = 503;

    private final ServingNode node;

    HealthResource(ServingNode node) {
        this.node = node;
    }

    /** The process is alive. */
    @GET
    @Path("healthz")
    @Produces(MediaType.TEXT_PLAIN)
    public String health() {
        return "ok\n";
    }

    /**
     * 200 if every dataset that has a current version in the last known catalog is served, else 503; 503 before that. Says
     * of each such dataset why readers do not get that version, if they do not.
     */
    @GET
    @Path("readyz")
    @Produces(MediaType.APPLICATION_JSON)
    public Response ready() {
        Readiness readiness = node.readiness();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ready", readiness.isReady());
        if (!readiness.isInformed()) {
            json.put("problem", "The node has not read a catalog yet, and has not served anything before.");
        }
        ObjectNode datasets = json.putObject("datasets");
        readiness.datasets().forEach((name, dataset) -> {
            ObjectNode entry = datasets.putObject(name);
            entry.put("current", dataset.current());
            entry.put("served", dataset.served());
            entry.put("problem", dataset.problem());
        });
        return Response.status(readiness.isReady() ? 200 : NOT_READY)
                .entity(json.toPrettyString() + "\n")
                .build();
    }
}
