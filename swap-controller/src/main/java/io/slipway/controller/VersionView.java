package io.slipway.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DeltaEntry;
import io.slipway.model.catalog.Review;
import io.slipway.model.catalog.ReviewJson;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Manifest;
import java.time.Instant;
import java.util.Optional;

/**
 * One version as operators see it: its state, and what its manifest says.
 *
 * @param version the version
 * @param state its state
 * @param since when it got into its state, if that is known
 * @param bad whether it was rolled back from
 * @param reason why it is in its state, where that needs saying; may be empty
 * @param result of a delta that was staged, what it and its base sum up to
 * @param manifest its manifest, if it is committed and its manifest can be read
 * @param review what gates and operators said of it
 */
public record VersionView(
        VersionId version,
        VersionState state,
        Optional<Instant> since,
        boolean bad,
        String reason,
        Optional<Digest> result,
        Optional<Manifest> manifest,
        Review review) {

    static VersionView of(VersionId version, VersionEntry entry, Optional<Manifest> manifest) {
        return new VersionView(
                version,
                entry.state(),
                Optional.of(entry.since()),
                entry.bad(),
                entry.reason(),
                entry.delta().flatMap(DeltaEntry::result),
                manifest,
                entry.review());
    }

    /** The view as JSON, with the fields that {@code slipway versions --json} promises. */
    public ObjectNode toJson() {
        ObjectNode json = manifest.map(VersionView::manifestJson).orElseGet(JsonNodeFactory.instance::objectNode);
        json.put("dataset", version.dataset().value());
        json.put("version", version.number());
        json.put("label", manifest.map(found -> found.provenance().label()).orElse(""));
        json.put("state", state.name());
        manifest.ifPresent(found -> json.put("compression", found.compression()));
        result.ifPresent(digest -> {
            json.put("resultRecords", digest.records());
            json.put("resultDigest", digest.hex());
        });
        since.ifPresent(instant -> json.put("since", instant.toString()));
        if (bad) {
            json.put("rolledBack", true);
        }
        if (!reason.isEmpty()) {
            json.put("reason", reason);
        }
        ReviewJson.write(review, json);
        return json;
    }

    /** What a manifest says in short, with the fields that {@code slipway publish --json} promises. */
    public static ObjectNode manifestJson(Manifest manifest) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dataset", manifest.version().dataset().value());
        json.put("version", manifest.version().number());
        json.put("route", manifest.route().label());
        json.put("records", manifest.digest().records());
        json.put("duplicates", manifest.duplicates());
        json.put("partitions", manifest.partitions().size());
        json.put("bytes", manifest.bytes());
        json.put("digest", manifest.digest().hex());
        manifest.delta().ifPresent(delta -> {
            json.put("base", delta.base());
            json.put("deletes", delta.deletes());
        });
        return json;
    }
}
