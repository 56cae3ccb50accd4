package io.slipway.serving.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.SizeText;
import io.slipway.model.VersionId;
import io.slipway.model.node.NodeStatus;
import io.slipway.serving.ServingNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.TreeMap;

/** What the node has, as its controller asks for it. Thread-safe. */
@Path("/v1/node")
public final class NodeResource {

    private final ServingNode node;

    NodeResource(ServingNode node) {
        this.node = node;
    }

    /** The node's status. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String status() {
        NodeStatus status = node.status();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", node.id());
        json.put("catalogSequence", status.catalogSequence());
        ArrayNode versions = json.putArray("versions");
        new TreeMap<>(status.versions()).forEach((id, staging) -> write(id, staging, versions.addObject()));
        return json.toPrettyString() + "\n";
    }

    /** Tells the node that the catalog has changed. */
    @POST
    @Path("nudge")
    public void nudge() {
        node.nudge();
    }

    /**
     * Changes how many bytes per second all stagings fetch together, until the node is started again; the catalog gets to
     * know who did, and why.
     *
     * @param rate as the setting {@code staging.rate} has it: {@code 20m}, or {@code off}
     */
    @PUT
    @Path("staging-rate")
    @Consumes(MediaType.TEXT_PLAIN)
    public void limitStaging(
            String rate,
            @QueryParam("who") @DefaultValue("operator over REST") String who,
            @QueryParam("reason") @DefaultValue("") String reason) {
        String text = rate.strip();
        node.limitStaging(text.equals("off") ? 0 : SizeText.parse(text), who, reason);
    }

    private static void write(VersionId id, NodeStatus.Staging staging, ObjectNode json) {
        json.put("dataset", id.dataset().value());
        json.put("version", id.number());
        json.put("phase", staging.phase().name());
        json.put("bytesDone", staging.bytesDone());
        json.put("bytesTotal", staging.bytesTotal());
        json.put("problem", staging.problem());
        staging.result().ifPresent(result -> {
            json.put("resultRecords", result.records());
            json.put("resultDigest", result.hex());
        });
    }
}
