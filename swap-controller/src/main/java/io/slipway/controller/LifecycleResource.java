package io.slipway.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/**
 * What an operator says about single versions, over REST (DESIGN §7): {@code :approve} and {@code :reject} what a gate
 * holds, {@code :pin}, {@code :unpin}, {@code :retire}, and {@code :drop} of a whole dataset. Each takes {@code who} and
 * {@code reason} for the catalog. Errors are thrown as {@link io.slipway.model.SlipwayException}s. Thread-safe.
 */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class LifecycleResource {

    private final Approvals approvals;
    private final Removal removal;
    private final Runnable wake;

    /**
     * A resource.
     *
     * @param wake is run after each change, to have the controller look at once
     */
    public LifecycleResource(Approvals approvals, Removal removal, Runnable wake) {
        this.approvals = approvals;
        this.removal = removal;
        this.wake = wake;
    }

    /** Lets a version through that a gate holds. */
    @POST
    @Path("/datasets/{dataset}/versions/{version}:approve")
    public ObjectNode approve(
            @PathParam("dataset") String dataset,
            @PathParam("version") String version,
            @QueryParam("who") @DefaultValue(ControllerResource.OPERATOR) String who,
            @QueryParam("reason") @DefaultValue("") String reason) {
        return change(dataset, version, who, reason, approvals::approve);
    }

    /** Refuses a version that a gate holds. */
    @POST
    @Path("/datasets/{dataset}/versions/{version}:reject")
    public ObjectNode reject(
            @PathParam("dataset") String dataset,
            @PathParam("version") String version,
            @QueryParam("who") @DefaultValue(ControllerResource.OPERATOR) String who,
            @QueryParam("reason") @DefaultValue("") String reason) {
        return change(dataset, version, who, reason, approvals::reject);
    }

    /** Protects a version from being retired. */
    @POST
    @Path("/datasets/{dataset}/versions/{version}:pin")
    public ObjectNode pin(
            @PathParam("dataset") String dataset,
            @PathParam("version") String version,
            @QueryParam("who") @DefaultValue(ControllerResource.OPERATOR) String who,
            @QueryParam("reason") @DefaultValue("") String reason) {
        return change(dataset, version, who, reason, removal::pin);
    }

    /** Ends that protection. */
    @POST
    @Path("/datasets/{dataset}/versions/{version}:unpin")
    public ObjectNode unpin(
            @PathParam("dataset") String dataset,
            @PathParam("version") String version,
            @QueryParam("who") @DefaultValue(ControllerResource.OPERATOR) String who,
            @QueryParam("reason") @DefaultValue("") String reason) {
        return change(dataset, version, who, reason, removal::unpin);
    }

    /** Retires a version. */
    @POST
    @Path("/datasets/{dataset}/versions/{version}:retire")
    public ObjectNode retire(
            @PathParam("dataset") String dataset,
            @PathParam("version") String version,
            @QueryParam("who") @DefaultValue(ControllerResource.OPERATOR) String who,
            @QueryParam("reason") @DefaultValue("") String reason) {
        return change(dataset, version, who, reason, removal::retire);
    }

    /** Retires all versions of a dataset; {@code confirm} has to repeat its name. */
    @POST
    @Path("/datasets/{dataset}:drop")
    public ObjectNode drop(
            @PathParam("dataset") String dataset,
            @QueryParam("confirm") @DefaultValue("") String confirm,
            @QueryParam("who") @DefaultValue(ControllerResource.OPERATOR) String who,
            @QueryParam("reason") @DefaultValue("") String reason) {
        if (!confirm.equals(dataset)) {
            throw new InvalidInputException("Dropping " + dataset + " takes it from its readers for good. Repeat its"
                    + " name in the parameter confirm.");
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dataset", dataset);
        ArrayNode retired = json.putArray("retired");
        removal.drop(new DatasetName(dataset), who, reason).forEach(retired::add);
        wake.run();
        return json;
    }

    /** One change of one version. */
    @FunctionalInterface
    private interface VersionChange {
        void apply(DatasetName dataset, long version, String who, String reason);
    }

    private ObjectNode change(String dataset, String version, String who, String reason, VersionChange change) {
        long number = ControllerResource.version("version", version);
        change.apply(new DatasetName(dataset), number, who, reason);
        wake.run();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dataset", dataset);
        json.put("version", number);
        return json;
    }
}
