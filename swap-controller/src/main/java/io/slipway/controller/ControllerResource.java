package io.slipway.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.controller.Operations.SwapOutcome;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.OptionalLong;

/**
 * The controller over REST (DESIGN §7): the catalog, the versions, and what an operator asks for. Errors are thrown as
 * {@link io.slipway.model.SlipwayException}s; the server that this runs in makes problem documents of them. Thread-safe.
 */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class ControllerResource {

    static final String OPERATOR = "operator over REST";

    private final CatalogStore catalog;
    private final VersionViews views;
    private final Operations operations;
    private final Runnable wake;

    /**
     * A resource.
     *
     * @param wake is run after each change, to have the controller look at once
     */
    public ControllerResource(CatalogStore catalog, VersionViews views, Operations operations, Runnable wake) {
        this.catalog = catalog;
        this.views = views;
        this.operations = operations;
        this.wake = wake;
    }

    /** The catalog's sequence, and each dataset's current version and settings. */
    @GET
    @Path("/catalog")
    public ObjectNode catalog() {
        Catalog latest = catalog.latest();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sequence", latest.sequence());
        ArrayNode datasets = json.putArray("datasets");
        latest.datasets().values().forEach(dataset -> writeDataset(dataset, datasets.addObject()));
        return json;
    }

    /** The versions of a dataset, newest first. */
    @GET
    @Path("/datasets/{dataset}/versions")
    public ArrayNode versions(@PathParam("dataset") String dataset) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        views.of(new DatasetName(dataset)).forEach(view -> json.add(view.toJson()));
        return json;
    }

    /** Swaps a version in, at once or when it is staged. */
    @POST
    @Path("/datasets/{dataset}/versions/{version}:swap")
    public ObjectNode swap(
            @PathParam("dataset") String dataset,
            @PathParam("version") String version,
            @QueryParam("who") @DefaultValue(OPERATOR) String who,
            @QueryParam("reason") @DefaultValue("") String reason) {
        SwapOutcome outcome = operations.swap(new DatasetName(dataset), version("version", version), who, reason);
        wake.run();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dataset", dataset);
        json.put("version", version("version", version));
        json.put("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT));
        return json;
    }

    /** Swaps back to a retained version: the one named by {@code to}, or the last that was current. */
    @POST
    @Path("/datasets/{dataset}:rollback")
    public ObjectNode rollback(
            @PathParam("dataset") String dataset,
            @QueryParam("to") @DefaultValue("") String target,
            @QueryParam("who") @DefaultValue(OPERATOR) String who,
            @QueryParam("reason") @DefaultValue("") String reason) {
        OptionalLong to = target.isEmpty() ? OptionalLong.empty() : OptionalLong.of(version("to", target));
        long current = operations.rollback(new DatasetName(dataset), to, who, reason);
        wake.run();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dataset", dataset);
        json.put("version", current);
        return json;
    }

    private static void writeDataset(DatasetEntry dataset, ObjectNode json) {
        json.put("name", dataset.name().value());
        dataset.current().ifPresent(version -> json.put("current", version.number()));
        dataset.requested().ifPresent(version -> json.put("requested", version));
        json.put("rolledBack", dataset.rolledBack());
        ObjectNode settings = json.putObject("settings");
        dataset.settings().texts().forEach(settings::put);
    }

    /** A parameter that is a version's number. */
    static long version(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidInputException("Parameter " + name + " is '" + text + "'. Give a version's number.", e);
        }
    }

    /** A parameter that is a small number. */
    static int count(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidInputException("Parameter " + name + " is '" + text + "'. Give a number.", e);
        }
    }
}
