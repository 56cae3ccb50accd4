package io.slipway.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.DatasetName;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** What differs between two versions, over REST; bounded, as {@link VersionComparison} says. Thread-safe. */
@Path("/v1/datasets/{dataset}/diff")
@Produces(MediaType.APPLICATION_JSON)
public final class DiffResource {

    private final VersionComparison comparison;

    /** A resource that has versions compared. */
    public DiffResource(VersionComparison comparison) {
        this.comparison = comparison;
    }

    /** Counts, fields and examples of what differs from the version {@code from} to the version {@code to}. */
    @GET
    public ObjectNode diff(
            @PathParam("dataset") String dataset,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @DefaultValue("") String to,
            @QueryParam("examples") @DefaultValue("5") String examples) {
        return comparison.compare(
                new DatasetName(dataset),
                ControllerResource.version("from", from),
                ControllerResource.version("to", to),
                ControllerResource.count("examples", examples));
    }
}
